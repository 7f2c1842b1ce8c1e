import { Body, Controller, Get, Post, Put } from '@nestjs/common';
import { ApiBearerAuth, ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Repeatable } from '@scheduling/persistence';
import { type Caller, CurrentCaller, IdempotencyKey, Owned, Roles, UuidParam } from '@scheduling/service-kit';
import { PolicyList, PolicyView, PolicyWording, wordingOf } from './policies.dto.ts';
import { PoliciesService } from './policies.service.ts';

@ApiTags('booking')
@ApiBearerAuth()
@Owned('house')
@Controller('api/v1/scheduling/booking/policies')
export class PoliciesController {
  constructor(private readonly policies: PoliciesService) {}

  @ApiOperation({ summary: 'Lists the cancellation policies that a tutor can choose, the most generous first.' })
  @Get()
  @ApiOkResponse({ type: PolicyList })
  async list(): Promise<PolicyList> {
    return PolicyList.of(await this.policies.list());
  }

  @ApiOperation({ summary: 'Makes a cancellation policy that tutors can choose.' })
  @Post()
  @Roles('admin')
  @ApiCreatedResponse({ type: PolicyView })
  async make(
    @CurrentCaller() caller: Caller,
    @IdempotencyKey() request: Repeatable,
    @Body() wording: PolicyWording,
  ): Promise<PolicyView> {
    return PolicyView.of(await this.policies.make(wordingOf(wording), caller.personId, request));
  }

  @ApiOperation({
    summary:
      'Makes the next version of a policy, for holds from now on: what is held or booked keeps the one that it has.',
  })
  @Put(':policy_id')
  @Roles('admin')
  @Owned('house', { unknown: 404 })
  @ApiOkResponse({ type: PolicyView })
  async change(
    @CurrentCaller() caller: Caller,
    @UuidParam('policy_id') id: string,
    @Body() wording: PolicyWording,
  ): Promise<PolicyView> {
    return PolicyView.of(await this.policies.change(id, wordingOf(wording), caller.personId));
  }
}
