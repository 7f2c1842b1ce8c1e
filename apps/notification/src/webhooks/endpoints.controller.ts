import { Body, Controller, Delete, Get, HttpCode, HttpStatus, Patch, Post } from '@nestjs/common';
import {
  ApiBearerAuth,
  ApiCreatedResponse,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
} from '@nestjs/swagger';
import type { Repeatable } from '@scheduling/persistence';
import { IdempotencyKey, Owned, Roles, UuidParam } from '@scheduling/service-kit';
import { AddEndpoint, ChangeEndpoint, EndpointList, EndpointView, OpenedEndpointView } from './endpoints.dto.ts';
import { EndpointsService } from './endpoints.service.ts';

@ApiTags('webhooks')
@ApiBearerAuth()
@Roles('admin', 'service')
@Owned('house', { unknown: 404 })
@Controller('api/v1/scheduling/webhook-endpoints')
export class EndpointsController {
  constructor(private readonly endpoints: EndpointsService) {}

  @ApiOperation({ summary: 'Lists the webhook endpoints of platforms.' })
  @Get()
  @Owned('house')
  @ApiOkResponse({ type: EndpointList })
  async list(): Promise<EndpointList> {
    return EndpointList.of(await this.endpoints.list());
  }

  @ApiOperation({
    summary: 'Has events posted to an address, signed as Standard Webhooks says; the secret is shown here alone.',
  })
  @Post()
  @Owned('house')
  @ApiCreatedResponse({ type: OpenedEndpointView })
  async add(
    @IdempotencyKey() request: Repeatable,
    @Body() { url, event_types: eventTypes, description }: AddEndpoint,
  ): Promise<OpenedEndpointView> {
    return OpenedEndpointView.opened(await this.endpoints.add({ url, eventTypes, description }, request));
  }

  @ApiOperation({ summary: 'Shows a webhook endpoint.' })
  @Get(':endpoint_id')
  @ApiOkResponse({ type: EndpointView })
  async show(@UuidParam('endpoint_id') id: string): Promise<EndpointView> {
    return EndpointView.of(await this.endpoints.show(id));
  }

  @ApiOperation({
    summary: 'Changes a webhook endpoint; one that is enabled again gets all that has waited, in the order of events.',
  })
  @Patch(':endpoint_id')
  @ApiOkResponse({ type: EndpointView })
  async change(
    @UuidParam('endpoint_id') id: string,
    @Body() { url, event_types: eventTypes, description, is_enabled: isEnabled }: ChangeEndpoint,
  ): Promise<EndpointView> {
    const change = {
      ...(url !== undefined && { url }),
      ...(eventTypes !== undefined && { eventTypes }),
      ...(description !== undefined && { description }),
      ...(isEnabled !== undefined && { isEnabled }),
    };
    return EndpointView.of(await this.endpoints.change(id, change));
  }

  @ApiOperation({ summary: 'Removes a webhook endpoint, with its log and all that has waited for it.' })
  @Delete(':endpoint_id')
  @HttpCode(HttpStatus.NO_CONTENT)
  @ApiNoContentResponse()
  async remove(@UuidParam('endpoint_id') id: string): Promise<void> {
    await this.endpoints.remove(id);
  }

  @ApiOperation({
    summary: 'Gives a webhook endpoint another secret, shown here alone; for 24 hours the one before signs too.',
  })
  @Post(':endpoint_id/secret/rotate')
  @HttpCode(HttpStatus.OK)
  @ApiOkResponse({ type: OpenedEndpointView })
  async rotate(
    @IdempotencyKey() request: Repeatable,
    @UuidParam('endpoint_id') id: string,
  ): Promise<OpenedEndpointView> {
    return OpenedEndpointView.opened(await this.endpoints.rotate(id, request));
  }
}
