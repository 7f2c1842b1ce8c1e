import { Controller, Get } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { type Caller, CurrentCaller, Owned, Roles } from '@scheduling/service-kit';
import { ConflictList } from './conflicts.dto.ts';
import { ConflictsService } from './conflicts.service.ts';

@ApiTags('availability')
@ApiBearerAuth()
@Roles('tutor')
@Owned('caller')
@Controller('api/v1/scheduling/availability/conflicts')
export class ConflictsController {
  constructor(private readonly conflicts: ConflictsService) {}

  @ApiOperation({
    summary: 'Lists booked lessons to come that the caller does not offer any more, or is away or busy for.',
  })
  @Get()
  @ApiOkResponse({ type: ConflictList })
  async list(@CurrentCaller() caller: Caller): Promise<ConflictList> {
    return ConflictList.of(await this.conflicts.list(caller.personId));
  }
}
