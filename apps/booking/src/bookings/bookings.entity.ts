import type { BookingId, PersonId, SlotId } from '@scheduling/domain';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { CancelPolicy } from './cancel.policy.ts';

/** Every state that a booking can be in; so far it is confirmed, then perhaps canceled, and refunded if money went back. */
export const BOOKING_STATUSES = ['pending_payment', 'confirmed', 'canceled', 'completed', 'refunded'] as const;
export type BookingStatus = (typeof BOOKING_STATUSES)[number];

/** A lesson that a student has a paid seat in. */
@Entity('bookings')
export class Booking {
  /** The id of the hold that it came from. */
  @PrimaryColumn('uuid') id!: BookingId;
  @Column('uuid') slotId!: SlotId;
  @Column('uuid') studentId!: PersonId;
  @Column('uuid') tutorId!: PersonId;
  @Column('timestamptz') startAt!: Date;
  @Column('timestamptz') endAt!: Date;
  @Column('text') status!: BookingStatus;
  @Column('int') priceCents!: number;
  @Column('text') currency!: string;
  @Column('text') paymentMethod!: string;
  @Column('text') joinLink!: string;
  @Column('jsonb') policy!: CancelPolicy;
  /** Grows with each change. */
  @Column('int') version!: number;
  @Column('uuid', { nullable: true }) canceledBy!: PersonId | null;
  @Column('text', { nullable: true }) cancelReason!: string | null;
  @Column('int') refundedCents!: number;
  @Column('timestamptz') createdAt!: Date;
  @Column('timestamptz') updatedAt!: Date;
}
