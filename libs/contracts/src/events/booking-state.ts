import type { BookingId, PersonId, SlotId } from '@scheduling/domain';
import { Count, Currency, Instant, OpenWord, Text, Uuid } from '../fields.ts';
import { SchedulingEvent } from './event.ts';

/** The whole public state of a booking, as every event about it carries it: a late or repeated one does no harm. */
export abstract class BookingState extends SchedulingEvent {
  /** The booking. */
  @Uuid() readonly booking_id!: BookingId;
  /** Grows with each change of this booking. */
  @Count(1, Number.MAX_SAFE_INTEGER) readonly version!: number;
  /** The slot that the seat is in. */
  @Uuid() readonly slot_id!: SlotId;
  /** Who teaches. */
  @Uuid() readonly tutor_id!: PersonId;
  /** Who learns. */
  @Uuid() readonly student_id!: PersonId;
  /** When the lesson starts. */
  @Instant() readonly start_at!: string;
  /** When the lesson ends. */
  @Instant() readonly end_at!: string;
  /** `pending_payment`, `confirmed`, `canceled`, `completed` or `refunded`. */
  @OpenWord() readonly status!: string;
  /** The price of a seat, in the smallest unit of the currency. */
  @Count(0, 100_000_000) readonly price_cents!: number;
  /** ISO 4217. */
  @Currency() readonly currency!: string;
  /** `credit`, `stripe` or `subscription`. */
  @OpenWord() readonly payment_method!: string;
  /** Where the lesson takes place. */
  @Text(1, 500) readonly join_link!: string;
  /** The tutor's IANA zone. */
  @Text(1, 64) readonly tutor_timezone!: string;
}
