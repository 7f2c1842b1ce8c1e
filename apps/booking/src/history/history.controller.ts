import { Controller, Get, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { BookingId } from '@scheduling/domain';
import { type Caller, CurrentCaller, Owned, UuidParam } from '@scheduling/service-kit';
import { History, ListHistory } from './history.dto.ts';
import { HistoryService } from './history.service.ts';

@ApiTags('booking')
@ApiBearerAuth()
@Owned('party', { foreign: 404 })
@Controller('api/v1/scheduling/bookings/:booking_id/history')
export class HistoryController {
  constructor(private readonly histories: HistoryService) {}

  @ApiOperation({
    summary: "Lists what became of a booking of the caller's: what, when, who and why, the first thing first.",
  })
  @Get()
  @ApiOkResponse({ type: History })
  async show(
    @CurrentCaller() caller: Caller,
    @UuidParam('booking_id') id: BookingId,
    @Query() { limit, cursor: after = 0 }: ListHistory,
  ): Promise<History> {
    const found = await this.histories.find(caller.personId, id, { after, limit: limit + 1 });
    return History.of(found, { after, limit });
  }
}
