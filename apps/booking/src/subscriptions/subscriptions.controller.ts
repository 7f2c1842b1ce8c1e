import { Body, Controller, Get, HttpCode, HttpStatus, Post, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { SubscriptionId } from '@scheduling/domain';
import type { Repeatable } from '@scheduling/persistence';
import { type Caller, CurrentCaller, IdempotencyKey, Owned, Roles, UuidParam } from '@scheduling/service-kit';
import { ListSubscriptions, Subscribe, SubscriptionList, SubscriptionView } from './subscriptions.dto.ts';
import { SubscriptionsService } from './subscriptions.service.ts';

@ApiTags('subscriptions')
@ApiBearerAuth()
@Owned('caller')
@Controller('api/v1/scheduling/subscriptions')
export class SubscriptionsController {
  constructor(private readonly subscriptions: SubscriptionsService) {}

  @ApiOperation({
    summary: "Lists the caller's subscriptions, the newest first, each with what is left of its period's lessons.",
  })
  @Get()
  @ApiOkResponse({ type: SubscriptionList })
  async list(
    @CurrentCaller() caller: Caller,
    @Query() { limit, cursor }: ListSubscriptions,
  ): Promise<SubscriptionList> {
    const page = { after: cursor ?? null, limit: limit + 1 };
    return SubscriptionList.of(await this.subscriptions.list(caller.personId, page), limit);
  }

  @ApiOperation({
    summary: 'Subscribes a student to a plan; send an Idempotency-Key to be safe against repeats.',
  })
  @Post()
  @Roles('admin')
  @Owned('house')
  @ApiCreatedResponse({ type: SubscriptionView })
  async subscribe(
    @CurrentCaller() caller: Caller,
    @IdempotencyKey() request: Repeatable,
    @Body() asked: Subscribe,
  ): Promise<SubscriptionView> {
    return SubscriptionView.of(await this.subscriptions.subscribe(Subscribe.wish(asked), caller.personId, request));
  }

  @ApiOperation({
    summary:
      'Ends a subscription with the period that runs now; a repeat changes nothing. One that Stripe charges for is canceled with Stripe.',
  })
  @Post(':subscription_id/cancel')
  @Roles('admin')
  @Owned('house', { unknown: 404 })
  @HttpCode(HttpStatus.OK)
  @ApiOkResponse({ type: SubscriptionView })
  async cancel(
    @CurrentCaller() caller: Caller,
    @IdempotencyKey() request: Repeatable,
    @UuidParam('subscription_id') id: SubscriptionId,
  ): Promise<SubscriptionView> {
    return SubscriptionView.of(await this.subscriptions.cancel(id, caller.personId, request));
  }
}
