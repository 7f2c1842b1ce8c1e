import { Controller, Header, Headers, HttpCode, HttpStatus, Post, Req } from '@nestjs/common';
import {
  ApiBody,
  ApiConsumes,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiProduces,
  ApiTags,
} from '@nestjs/swagger';
import { Public } from '@scheduling/service-kit';
import type { FastifyRequest } from 'fastify';
import type { Formed } from './signed-form.middleware.ts';
import { TwilioWebhooksService } from './twilio-webhooks.service.ts';

const FORM = {
  schema: { type: 'object', additionalProperties: { type: 'string' } },
  description: 'As Twilio posts it.',
};

@ApiTags('notifications')
@Public()
@Controller('api/v1/scheduling/webhooks/twilio')
export class TwilioWebhooksController {
  constructor(private readonly webhooks: TwilioWebhooksService) {}

  @ApiOperation({ summary: 'Hears from Twilio how a text gets on, if Twilio has signed it.' })
  @Post('status')
  @ApiConsumes('application/x-www-form-urlencoded')
  @ApiBody(FORM)
  @HttpCode(HttpStatus.NO_CONTENT)
  @ApiNoContentResponse()
  async status(@Req() request: FastifyRequest, @Headers('x-twilio-signature') signature?: string): Promise<void> {
    await this.webhooks.status(postedBy(request, signature));
  }

  @ApiOperation({
    summary: 'Hears from Twilio what a phone has written, if Twilio has signed it: STOP and START are heeded.',
  })
  @Post('inbound')
  @ApiConsumes('application/x-www-form-urlencoded')
  @ApiBody(FORM)
  @HttpCode(HttpStatus.OK)
  @Header('content-type', 'text/xml; charset=utf-8')
  @ApiProduces('text/xml')
  @ApiOkResponse({ schema: { type: 'string' } })
  async inbound(@Req() request: FastifyRequest, @Headers('x-twilio-signature') signature?: string): Promise<string> {
    await this.webhooks.inbound(postedBy(request, signature));
    // Nothing is to be answered to the phone: to STOP and START Twilio says what is due.
    return '<?xml version="1.0" encoding="UTF-8"?><Response/>';
  }
}

const postedBy = ({ raw, url }: FastifyRequest, signature = '') => ({
  path: url,
  body: (raw as Formed).form ?? '',
  signature,
});
