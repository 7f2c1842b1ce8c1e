import { Body, Controller, Get, HttpCode, HttpStatus, Post, Query, Res } from '@nestjs/common';
import { ApiBearerAuth, ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Malformed } from '@scheduling/contracts';
import type { BookingId } from '@scheduling/domain';
import type { Repeatable } from '@scheduling/persistence';
import { type Caller, CurrentCaller, IdempotencyKey, Roles, UuidParam } from '@scheduling/service-kit';
import type { FastifyReply } from 'fastify';
import { BookingList, BookingView, CancelBooking, ConfirmBooking, ListBookings, markOf } from './bookings.dto.ts';
import { BookingsService } from './bookings.service.ts';
import { CancelService } from './cancel.service.ts';
import { ConfirmService } from './confirm.service.ts';

@ApiTags('booking')
@ApiBearerAuth()
@Controller('api/v1/scheduling')
export class BookingsController {
  constructor(
    private readonly bookings: BookingsService,
    private readonly confirming: ConfirmService,
    private readonly canceling: CancelService,
  ) {}

  @ApiOperation({
    summary: "Turns the caller's hold into a paid booking; a repeated request answers the same booking with 200.",
  })
  @Post('booking/confirm')
  @Roles('student')
  @ApiCreatedResponse({ type: BookingView })
  @ApiOkResponse({ type: BookingView, description: 'The caller had booked it already.' })
  async confirm(
    @CurrentCaller() caller: Caller,
    @IdempotencyKey() request: Repeatable,
    @Body() { slot_id, payment_method }: ConfirmBooking,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<BookingView> {
    const { booking, isRepeated } = await this.confirming.confirm(caller.personId, slot_id, payment_method, request);
    reply.status(isRepeated ? HttpStatus.OK : HttpStatus.CREATED);
    return BookingView.of(booking);
  }

  @ApiOperation({ summary: "Lists the caller's bookings, as student and as tutor, the latest start first." })
  @Get('bookings')
  @ApiOkResponse({ type: BookingList })
  async list(@CurrentCaller() caller: Caller, @Query() { status, limit, cursor }: ListBookings): Promise<BookingList> {
    const mark = cursor === undefined ? null : markOf(cursor);
    if (cursor !== undefined && mark === null) throw Malformed.field('cursor', 'cursor must be a next_cursor');
    const found = await this.bookings.list(caller.personId, { status: status ?? null, mark, limit: limit + 1 });
    return BookingList.of(found, limit);
  }

  @ApiOperation({ summary: "Shows a booking of the caller's." })
  @Get('bookings/:booking_id')
  @ApiOkResponse({ type: BookingView })
  async show(@CurrentCaller() caller: Caller, @UuidParam('booking_id') id: BookingId): Promise<BookingView> {
    return BookingView.of(await this.bookings.find(caller.personId, id));
  }

  @ApiOperation({
    summary: "Cancels a booking of the caller's; the money goes back as its policy says. A repeat changes nothing.",
  })
  @Post('bookings/:booking_id/cancel')
  @HttpCode(HttpStatus.OK)
  @ApiOkResponse({ type: BookingView })
  async cancel(
    @CurrentCaller() caller: Caller,
    @IdempotencyKey() request: Repeatable,
    @UuidParam('booking_id') bookingId: BookingId,
    @Body() { reason, reopen = false }: CancelBooking,
  ): Promise<BookingView> {
    const wish = { by: caller.personId, bookingId, reason: reason ?? null, reopen };
    return BookingView.of(await this.canceling.cancel(wish, request));
  }
}
