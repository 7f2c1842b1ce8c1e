import { Body, Controller, Get, Patch, Post, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { PlanId } from '@scheduling/domain';
import type { Repeatable } from '@scheduling/persistence';
import { type Caller, CurrentCaller, IdempotencyKey, Owned, Roles, UuidParam } from '@scheduling/service-kit';
import { ChangePlan, ListPlans, MakePlan, PlanList, PlanView } from './plans.dto.ts';
import { PlansService } from './plans.service.ts';

@ApiTags('subscriptions')
@ApiBearerAuth()
@Owned('house')
@Controller('api/v1/scheduling/plans')
export class PlansController {
  constructor(private readonly plans: PlansService) {}

  @ApiOperation({
    summary: 'Lists the plans that students can be subscribed to; an admin sees those too that take nobody any more.',
  })
  @Get()
  @ApiOkResponse({ type: PlanList })
  async list(@CurrentCaller() caller: Caller, @Query() { limit, cursor }: ListPlans): Promise<PlanList> {
    const all = caller.roles.includes('admin');
    return PlanList.of(await this.plans.list({ all, after: cursor ?? null, limit: limit + 1 }), limit);
  }

  @ApiOperation({
    summary: 'Makes a plan: so many lessons each week or month. Send an Idempotency-Key to be safe against repeats.',
  })
  @Post()
  @Roles('admin')
  @ApiCreatedResponse({ type: PlanView })
  async make(
    @CurrentCaller() caller: Caller,
    @IdempotencyKey() request: Repeatable,
    @Body() plan: MakePlan,
  ): Promise<PlanView> {
    return PlanView.of(await this.plans.make(MakePlan.terms(plan), caller.personId, request));
  }

  @ApiOperation({
    summary: 'Changes a plan, for the periods that begin from now on: what has begun keeps its allowance.',
  })
  @Patch(':plan_id')
  @Roles('admin')
  @Owned('house', { unknown: 404 })
  @ApiOkResponse({ type: PlanView })
  async change(@UuidParam('plan_id') id: PlanId, @Body() change: ChangePlan): Promise<PlanView> {
    return PlanView.of(await this.plans.change(id, ChangePlan.change(change)));
  }
}
