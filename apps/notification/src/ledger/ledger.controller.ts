import { Controller, Get, Header, HttpCode, HttpStatus, Post, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Repeatable } from '@scheduling/persistence';
import { IdempotencyKey, Owned, Roles, UuidParam } from '@scheduling/service-kit';
import { EntryView, LedgerPage, ListLedger } from './ledger.dto.ts';
import { LedgerService } from './ledger.service.ts';

@ApiTags('notifications')
@ApiBearerAuth()
@Roles('admin')
@Owned('house')
@Controller('api/v1/scheduling/notifications/ledger')
export class LedgerController {
  constructor(private readonly ledger: LedgerService) {}

  @ApiOperation({ summary: 'Lists messages and what became of them, the newest first; for an operator.' })
  @Get()
  @Header('cache-control', 'private, no-cache')
  @ApiOkResponse({ type: LedgerPage })
  async list(@Query() { booking_id, recipient_id, state, channel, limit, cursor }: ListLedger): Promise<LedgerPage> {
    const found = await this.ledger.list({
      bookingId: booking_id ?? null,
      recipientId: recipient_id ?? null,
      state: state ?? null,
      channel: channel ?? null,
      after: cursor ?? null,
      limit: limit + 1,
    });
    return LedgerPage.of(found, limit);
  }

  @ApiOperation({
    summary: 'Has a message sent again that has failed, was skipped, or is of unknown fate; for an operator.',
  })
  @Post(':message_id/resend')
  @Owned('house', { unknown: 404 })
  @HttpCode(HttpStatus.OK)
  @ApiOkResponse({ type: EntryView })
  async resend(@IdempotencyKey() request: Repeatable, @UuidParam('message_id') id: string): Promise<EntryView> {
    return EntryView.of(await this.ledger.resend(id, request));
  }
}
