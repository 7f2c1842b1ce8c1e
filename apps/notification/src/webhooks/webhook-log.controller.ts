import { Body, Controller, Get, Header, HttpCode, HttpStatus, Post, Query } from '@nestjs/common';
import { ApiAcceptedResponse, ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Repeatable } from '@scheduling/persistence';
import { IdempotencyKey, Owned, Roles, UuidParam } from '@scheduling/service-kit';
import { HearingService } from './hearing.service.ts';
import {
  ListDeliveries,
  ReplayedView,
  ReplayWindow,
  WebhookDeliveryPage,
  WebhookDeliveryView,
} from './webhook-log.dto.ts';
import { WebhookLogService } from './webhook-log.service.ts';

@ApiTags('webhooks')
@ApiBearerAuth()
@Roles('admin', 'service')
@Owned('house', { unknown: 404 })
@Controller('api/v1/scheduling/webhook-endpoints/:endpoint_id')
export class WebhookLogController {
  constructor(
    private readonly log: WebhookLogService,
    private readonly hearing: HearingService,
  ) {}

  @ApiOperation({ summary: 'Lists what was or will be sent to a webhook endpoint, the newest first.' })
  @Get('deliveries')
  @Header('cache-control', 'private, no-cache')
  @ApiOkResponse({ type: WebhookDeliveryPage })
  async list(
    @UuidParam('endpoint_id') endpointId: string,
    @Query() { state, limit, cursor }: ListDeliveries,
  ): Promise<WebhookDeliveryPage> {
    const found = await this.log.list({ endpointId, state: state ?? null, after: cursor ?? null, limit: limit + 1 });
    return WebhookDeliveryPage.of(found, limit);
  }

  @ApiOperation({ summary: 'Makes a delivery again, under the same webhook-id.' })
  @Post('deliveries/:delivery_id/replay')
  @HttpCode(HttpStatus.ACCEPTED)
  @ApiAcceptedResponse({ type: WebhookDeliveryView })
  async replay(
    @IdempotencyKey() request: Repeatable,
    @UuidParam('endpoint_id') endpointId: string,
    @UuidParam('delivery_id') id: string,
  ): Promise<WebhookDeliveryView> {
    return WebhookDeliveryView.of(await this.log.replay(endpointId, id, request));
  }

  @ApiOperation({
    summary: 'Makes all deliveries of a window of time again, one after another in the order of events.',
  })
  @Post('replay')
  @HttpCode(HttpStatus.ACCEPTED)
  @ApiAcceptedResponse({ type: ReplayedView })
  async replayWindow(
    @IdempotencyKey() request: Repeatable,
    @UuidParam('endpoint_id') endpointId: string,
    @Body() { from, until }: ReplayWindow,
  ): Promise<ReplayedView> {
    const window = { from: new Date(from), until: until === undefined ? null : new Date(until) };
    return this.log.replayWindow(endpointId, window, request);
  }

  @ApiOperation({ summary: 'Sends a webhook endpoint an event of the type `webhook.test`.' })
  @Post('test')
  @HttpCode(HttpStatus.ACCEPTED)
  @ApiAcceptedResponse({ type: WebhookDeliveryView })
  async test(
    @IdempotencyKey() request: Repeatable,
    @UuidParam('endpoint_id') endpointId: string,
  ): Promise<WebhookDeliveryView> {
    return WebhookDeliveryView.of(await this.hearing.tryOut(endpointId, request));
  }
}
