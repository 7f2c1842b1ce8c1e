import { Body, Controller, HttpCode, HttpStatus, Post } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { BookingId, ExpectedVersions } from '@scheduling/domain';
import type { Repeatable } from '@scheduling/persistence';
import {
  type Caller,
  CurrentCaller,
  IdempotencyKey,
  IfMatch,
  Owned,
  UuidParam,
  Versioned,
} from '@scheduling/service-kit';
import { BookingView } from '../bookings/bookings.dto.ts';
import { RescheduleBooking } from './reschedules.dto.ts';
import { ReschedulesService } from './reschedules.service.ts';

@ApiTags('booking')
@ApiBearerAuth()
@Owned('party', { foreign: 404 })
@Controller('api/v1/scheduling/bookings/:booking_id/reschedule')
export class ReschedulesController {
  constructor(private readonly reschedules: ReschedulesService) {}

  @ApiOperation({
    summary:
      "Moves a booking of the caller's to another slot of its tutor's: the policy binds students, another price is settled in credits or refused.",
  })
  @Post()
  @Versioned()
  @HttpCode(HttpStatus.OK)
  @ApiOkResponse({ type: BookingView })
  async move(
    @CurrentCaller() caller: Caller,
    @IdempotencyKey() request: Repeatable,
    @IfMatch() expected: ExpectedVersions,
    @UuidParam('booking_id') bookingId: BookingId,
    @Body() { new_slot_id: newSlotId, reason }: RescheduleBooking,
  ): Promise<BookingView> {
    const move = { by: caller.personId, bookingId, newSlotId, reason: reason ?? null, expected };
    return BookingView.of(await this.reschedules.move(move, request));
  }
}
