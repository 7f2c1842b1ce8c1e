import { Controller, Get, Header, Query, Res } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiProduces, ApiResponse, ApiTags } from '@nestjs/swagger';
import { Refusal } from '@scheduling/domain';
import { Public } from '@scheduling/service-kit';
import type { FastifyReply } from 'fastify';
import { callbackPage, OUTCOMES, PAGE_POLICY } from './callback.page.ts';
import { CallbackQuery } from './connections.dto.ts';
import { ConsentsService } from './consents.service.ts';

const PAGE = { 'text/html': { schema: { type: 'string' } } };

/** Where a browser comes back from Google: the state names the person, so nobody need be signed in. */
@Public()
@ApiTags('calendar')
@Controller('api/v1/scheduling/auth/google/callback')
export class CallbackController {
  constructor(private readonly consents: ConsentsService) {}

  @ApiOperation({
    summary: 'Connects the calendar that a browser comes back from Google for, and says on a page how that went.',
  })
  @Get()
  @ApiProduces('text/html')
  @ApiOkResponse({ schema: { type: 'string' }, description: 'It is connected, or the person would rather not.' })
  @ApiResponse({ status: 409, content: PAGE, description: 'The consent is unknown, or not everything was agreed to.' })
  @ApiResponse({ status: 503, content: PAGE, description: 'Google did not answer as it should.' })
  @Header('content-type', 'text/html; charset=utf-8')
  @Header('content-security-policy', PAGE_POLICY)
  @Header('referrer-policy', 'no-referrer')
  @Header('x-content-type-options', 'nosniff')
  @Header('cache-control', 'no-store')
  async back(
    @Query() { code, state, error }: CallbackQuery,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    if (state === undefined) return page(reply, 'unknown');
    if (code === undefined || error !== undefined) {
      await this.consents.decline(state);
      return page(reply, 'declined');
    }
    try {
      await this.consents.answer({ code, state, by: null });
      return page(reply, 'connected');
    } catch (refusal) {
      if (!(refusal instanceof Refusal)) throw refusal;
      return page(reply, BY_CODE.get(refusal.code) ?? 'failed');
    }
  }
}

const BY_CODE = new Map<string, keyof typeof OUTCOMES>([
  ['calendar_consent_unknown', 'unknown'],
  ['calendar_scopes_missing', 'too_little'],
]);

function page(reply: FastifyReply, outcome: keyof typeof OUTCOMES): string {
  void reply.status(OUTCOMES[outcome].status);
  return callbackPage(outcome);
}
