import { Body, Controller, Get, HttpCode, HttpStatus, Post, Query, Res } from '@nestjs/common';
import {
  ApiAcceptedResponse,
  ApiBearerAuth,
  ApiCreatedResponse,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
} from '@nestjs/swagger';
import { Malformed } from '@scheduling/contracts';
import type { BookingId, ExpectedVersions, PersonId } from '@scheduling/domain';
import type { Repeatable } from '@scheduling/persistence';
import {
  type Caller,
  CurrentCaller,
  IdempotencyKey,
  IfMatch,
  Owned,
  Roles,
  UuidParam,
  Versioned,
} from '@scheduling/service-kit';
import type { FastifyReply } from 'fastify';
import { StripeConfirmService } from '../payments/stripe-confirm.service.ts';
import {
  BookingList,
  BookingView,
  CancelBooking,
  CancelPreview,
  ConfirmBooking,
  ListBookings,
  markOf,
} from './bookings.dto.ts';
import { BookingsService } from './bookings.service.ts';
import { CancelService } from './cancel.service.ts';
import { type Confirmed, ConfirmService } from './confirm.service.ts';

@ApiTags('booking')
@ApiBearerAuth()
@Owned('party', { foreign: 404 })
@Controller('api/v1/scheduling')
export class BookingsController {
  constructor(
    private readonly bookings: BookingsService,
    private readonly confirming: ConfirmService,
    private readonly byCard: StripeConfirmService,
    private readonly canceling: CancelService,
  ) {}

  @ApiOperation({
    summary: "Turns the caller's hold into a paid booking; a repeated request answers the same booking with 200.",
  })
  @Post('booking/confirm')
  @Versioned()
  @Roles('student')
  @Owned('caller', { foreign: 409, unknown: 409 })
  @ApiCreatedResponse({ type: BookingView })
  @ApiOkResponse({ type: BookingView, description: 'The caller had booked it already.' })
  @ApiAcceptedResponse({ type: BookingView, description: 'The seat is sure, and its payment is not settled yet.' })
  async confirm(
    @CurrentCaller() caller: Caller,
    @IdempotencyKey() request: Repeatable,
    @Body() body: ConfirmBooking,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<BookingView> {
    const { booking, isRepeated } = await this.confirmWith(body, caller.personId, request);
    const isPending = booking.status === 'pending_payment';
    reply.status(isPending ? HttpStatus.ACCEPTED : isRepeated ? HttpStatus.OK : HttpStatus.CREATED);
    return BookingView.of(booking);
  }

  @ApiOperation({ summary: "Lists the caller's bookings, as student, as tutor or as both, the latest start first." })
  @Get('bookings')
  @Owned('party')
  @ApiOkResponse({ type: BookingList })
  async list(@CurrentCaller() caller: Caller, @Query() asked: ListBookings): Promise<BookingList> {
    const { status = null, role = null, from, to, limit, cursor } = asked;
    const mark = cursor === undefined ? null : markOf(cursor);
    if (cursor !== undefined && mark === null) throw Malformed.field('cursor', 'cursor must be a next_cursor');
    const span = { from: from === undefined ? null : new Date(from), until: to === undefined ? null : new Date(to) };
    const found = await this.bookings.list(caller.personId, { status, role, ...span, mark, limit: limit + 1 });
    return BookingList.of(found, limit);
  }

  @ApiOperation({ summary: "Shows a booking of the caller's." })
  @Get('bookings/:booking_id')
  @Versioned()
  @ApiOkResponse({ type: BookingView })
  async show(@CurrentCaller() caller: Caller, @UuidParam('booking_id') id: BookingId): Promise<BookingView> {
    return BookingView.of(await this.bookings.find(caller.personId, id));
  }

  @ApiOperation({
    summary: 'Says what a cancellation by the caller would give back just now; where none is possible, why.',
  })
  @Get('bookings/:booking_id/cancel-preview')
  @ApiOkResponse({ type: CancelPreview })
  async preview(@CurrentCaller() caller: Caller, @UuidParam('booking_id') id: BookingId): Promise<CancelPreview> {
    return CancelPreview.of(await this.bookings.preview(caller.personId, id));
  }

  @ApiOperation({
    summary: "Cancels a booking of the caller's; the money goes back as its policy says. A repeat changes nothing.",
  })
  @Post('bookings/:booking_id/cancel')
  @Versioned()
  @HttpCode(HttpStatus.OK)
  @ApiOkResponse({ type: BookingView })
  async cancel(
    @CurrentCaller() caller: Caller,
    @IdempotencyKey() request: Repeatable,
    @IfMatch() expected: ExpectedVersions,
    @UuidParam('booking_id') bookingId: BookingId,
    @Body() { reason, reopen = false }: CancelBooking,
  ): Promise<BookingView> {
    const wish = { by: caller.personId, bookingId, reason: reason ?? null, reopen, expected };
    return BookingView.of(await this.canceling.cancel(wish, request));
  }

  private confirmWith(
    { slot_id, payment_method, payment_intent_id }: ConfirmBooking,
    student: PersonId,
    request: Repeatable,
  ): Promise<Confirmed> {
    if (payment_method !== 'stripe') return this.confirming.confirm(student, slot_id, payment_method, request);
    if (payment_intent_id === undefined) {
      throw Malformed.field('payment_intent_id', 'payment_intent_id must name the payment intent of the hold');
    }
    return this.byCard.confirm(student, slot_id, payment_intent_id, request);
  }
}
