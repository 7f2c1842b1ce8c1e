import { Controller, Headers, HttpCode, HttpStatus, Post, type RawBodyRequest, Req } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Public } from '@scheduling/service-kit';
import type { FastifyRequest } from 'fastify';
import { SignatureInvalid } from './payments.errors.ts';
import { StripeEventsService } from './stripe-events.service.ts';

@ApiTags('payments')
@Public()
@Controller('api/v1/scheduling/webhooks/stripe')
export class WebhooksController {
  constructor(private readonly events: StripeEventsService) {}

  @ApiOperation({ summary: 'Takes an event that Stripe has signed; what it calls for is done after the answer.' })
  @Post()
  @HttpCode(HttpStatus.OK)
  @ApiOkResponse()
  async receive(
    @Req() { rawBody }: RawBodyRequest<FastifyRequest>,
    @Headers('stripe-signature') signature?: string,
  ): Promise<void> {
    if (rawBody === undefined || signature === undefined) throw new SignatureInvalid();
    await this.events.receive(rawBody, signature);
  }
}
