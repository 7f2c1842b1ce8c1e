import { Body, Controller, HttpCode, HttpStatus, Post } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { BookingId } from '@scheduling/domain';
import type { Repeatable } from '@scheduling/persistence';
import { type Caller, CurrentCaller, IdempotencyKey, Owned, UuidParam } from '@scheduling/service-kit';
import { BookingView } from '../bookings/bookings.dto.ts';
import { TellNoShow } from './no-show.dto.ts';
import { NoShowService } from './no-show.service.ts';

@ApiTags('booking')
@ApiBearerAuth()
@Owned('party', { foreign: 404 })
@Controller('api/v1/scheduling/bookings/:booking_id/no-show')
export class NoShowController {
  constructor(private readonly noShows: NoShowService) {}

  @ApiOperation({
    summary:
      "Tells who did not come to a lesson of the caller's, from its start until a day after its end; the policy decides what goes back.",
  })
  @Post()
  @HttpCode(HttpStatus.OK)
  @ApiOkResponse({ type: BookingView })
  async tell(
    @CurrentCaller() caller: Caller,
    @IdempotencyKey() request: Repeatable,
    @UuidParam('booking_id') bookingId: BookingId,
    @Body() { absent }: TellNoShow,
  ): Promise<BookingView> {
    return BookingView.of(await this.noShows.tell({ by: caller.personId, bookingId, absent }, request));
  }
}
