import type { BookingId, PeriodId, PersonId, SeriesId, SlotId } from '@scheduling/domain';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { CancelPolicy } from './cancel.policy.ts';

/** Every state that a booking can be in; what may follow on what stands in `booking-states.policy.ts`. */
export const BOOKING_STATUSES = ['pending_payment', 'confirmed', 'canceled', 'completed', 'refunded'] as const;
export type BookingStatus = (typeof BOOKING_STATUSES)[number];

/** How a lesson can be paid for. */
export const PAYMENT_METHODS = ['credit', 'stripe', 'subscription'] as const;
export type PaymentMethod = (typeof PAYMENT_METHODS)[number];

/** Why a lesson is off: somebody canceled, or it could not be paid for, or too few came. */
export type CancelCause = 'person' | 'payment_failed' | 'minimum_attendance';

/** Whose link leads to a lesson: the platform's template, the tutor's calendar, a room at Zoom, or a link of the tutor's own. */
export type LinkSource = 'template' | 'google' | 'zoom' | 'link';

/** The two sides of a lesson. */
export const SIDES = ['student', 'tutor'] as const;
export type Side = (typeof SIDES)[number];

/** A lesson that a student has a seat in. */
@Entity('bookings')
export class Booking {
  /** The id of the hold that it came from. */
  @PrimaryColumn('uuid') id!: BookingId;
  @Column('uuid') slotId!: SlotId;
  /** Counted from 1; null in what was booked before seats were kept here. */
  @Column('smallint', { nullable: true }) seat!: number | null;
  @Column('uuid') studentId!: PersonId;
  @Column('uuid') tutorId!: PersonId;
  @Column('timestamptz') startAt!: Date;
  @Column('timestamptz') endAt!: Date;
  @Column('text') status!: BookingStatus;
  @Column('int') priceCents!: number;
  @Column('text') currency!: string;
  @Column('text') paymentMethod!: PaymentMethod;
  /** What the provider calls the payment; null unless a card pays. */
  @Column('text', { nullable: true }) paymentIntentId!: string | null;
  /** The subscription's period whose allowance paid; null unless one did. */
  @Column('uuid', { nullable: true }) periodId!: PeriodId | null;
  @Column('text') joinLink!: string;
  @Column('text') joinLinkSource!: LinkSource;
  @Column('jsonb') policy!: CancelPolicy;
  /** Grows with each change. */
  @Column('int') version!: number;
  @Column('uuid', { nullable: true }) canceledBy!: PersonId | null;
  @Column('text', { nullable: true }) cancelReason!: string | null;
  @Column('text', { nullable: true }) cancelCause!: CancelCause | null;
  @Column('int') refundedCents!: number;
  /** The series that it belongs to, if any. */
  @Column('uuid', { nullable: true }) seriesId!: SeriesId | null;
  /** How often it was moved. */
  @Column('int') reschedules!: number;
  /** Whether the student may leave without loss until the start, since the tutor moved it. */
  @Column('boolean') freeCancellation!: boolean;
  /** Who did not come, if anyone said so. */
  @Column('text', { nullable: true }) noShowBy!: Side | null;
  @Column('timestamptz') createdAt!: Date;
  @Column('timestamptz') updatedAt!: Date;
}
