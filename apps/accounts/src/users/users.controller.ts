import { Body, Controller, Get, Patch, Put, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { PersonId } from '@scheduling/domain';
import { type Caller, CurrentCaller, Owned, Roles, UuidParam } from '@scheduling/service-kit';
import { claimsOf } from './claims.dto.ts';
import { ChangeMe, ListTutors, PutUser, TutorList, TutorView, UserView } from './users.dto.ts';
import { type Identity, UsersService } from './users.service.ts';

@ApiTags('accounts')
@ApiBearerAuth()
@Owned('caller')
@Controller('api/v1/accounts')
export class UsersController {
  constructor(private readonly users: UsersService) {}

  @ApiOperation({ summary: "Shows the caller; at first sight the token's claims make the person." })
  @Get('me')
  @ApiOkResponse({ type: UserView })
  async me(@CurrentCaller() caller: Caller): Promise<UserView> {
    return UserView.of(await this.users.meet(identityOf(caller), claimsOf(caller)));
  }

  @ApiOperation({ summary: 'Changes what the caller may say of themselves; what is absent stays.' })
  @Patch('me')
  @ApiOkResponse({ type: UserView })
  async changeMe(@CurrentCaller() caller: Caller, @Body() changes: ChangeMe): Promise<UserView> {
    return UserView.of(await this.users.update(identityOf(caller), claimsOf(caller), changes));
  }

  @ApiOperation({ summary: 'Lists those who teach.' })
  @Get('tutors')
  @Owned('house')
  @ApiOkResponse({ type: TutorList })
  async tutors(@Query() { limit, cursor }: ListTutors): Promise<TutorList> {
    return TutorList.of(await this.users.tutors(cursor ?? null, limit + 1), limit);
  }

  @ApiOperation({ summary: 'Shows one who teaches.' })
  @Get('tutors/:tutor_id')
  @Owned('house', { unknown: 404 })
  @ApiOkResponse({ type: TutorView })
  async tutor(@UuidParam('tutor_id') id: PersonId): Promise<TutorView> {
    return TutorView.of(await this.users.tutor(id));
  }

  @ApiOperation({ summary: 'Says all of a person, new or known.' })
  @Put('users/:user_id')
  @Roles('admin', 'service')
  @Owned('house')
  @ApiOkResponse({ type: UserView })
  async put(@UuidParam('user_id') id: PersonId, @Body() { phone = null, ...rest }: PutUser): Promise<UserView> {
    return UserView.of(await this.users.put(id, { ...rest, phone }));
  }
}

const identityOf = ({ personId, subject }: Caller): Identity => ({ id: personId, subject });
