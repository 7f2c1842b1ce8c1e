import type { HoldId, PersonId, SlotId, WaitlistId } from '@scheduling/domain';
import { Count, Instant, Maybe, OpenWord, Text, Uuid } from '../fields.ts';
import { booked, ids, lesson } from './booking.examples.ts';
import { EventType, SchedulingEvent } from './event.ts';

/** A student has a seat set aside, until they confirm or the hold lapses. */
@EventType<SlotHeld>({
  type: 'scheduling.booking.SlotHeld.v1',
  key: (event) => event.tutor_id,
  examples: [{ ...ids, ...lesson, hold_id: booked.booking_id, seat: 1, expires_at: '2026-12-01T09:10:00.000Z' }],
})
export class SlotHeld extends SchedulingEvent {
  /** Who teaches. */
  @Uuid() readonly tutor_id!: PersonId;
  /** The hold; the booking that comes of it will have this id. */
  @Uuid() readonly hold_id!: HoldId;
  /** The slot that the seat is in. */
  @Uuid() readonly slot_id!: SlotId;
  /** Who learns. */
  @Uuid() readonly student_id!: PersonId;
  /** Counted from 1. */
  @Count(1, 1000) readonly seat!: number;
  /** When the lesson starts. */
  @Instant() readonly start_at!: string;
  /** When the lesson ends. */
  @Instant() readonly end_at!: string;
  /** When the hold runs out. */
  @Instant() readonly expires_at!: string;
  /** `student`; or `waitlist` for an offer to someone who waited, `series` for a lesson of a series; `student` where it is not said. */
  @Maybe() @OpenWord() readonly kind?: string;
}

/** A hold ended without a booking, and its seat is free again. */
@EventType<SlotReleased>({
  type: 'scheduling.booking.SlotReleased.v1',
  key: (event) => event.tutor_id,
  examples: [{ tutor_id: ids.tutor_id, slot_id: ids.slot_id, hold_id: booked.booking_id }],
})
export class SlotReleased extends SchedulingEvent {
  /** Who teaches. */
  @Uuid() readonly tutor_id!: PersonId;
  /** The hold; the booking that comes of it will have this id. */
  @Uuid() readonly hold_id!: HoldId;
  /** The slot that the seat is in. */
  @Uuid() readonly slot_id!: SlotId;
}

/** The list of a tutor's open slots is another one now, because of what they published; whoever keeps a copy reads again. */
@EventType<SlotsChanged>({
  type: 'scheduling.booking.SlotsChanged.v1',
  key: (event) => event.tutor_id,
  examples: [{ tutor_id: ids.tutor_id, schedule_version: 7 }],
})
export class SlotsChanged extends SchedulingEvent {
  /** Who teaches. */
  @Uuid() readonly tutor_id!: PersonId;
  /** The version of the tutor's schedule that the slots follow now. */
  @Count(1, Number.MAX_SAFE_INTEGER) readonly schedule_version!: number;
}

/** A seat came free, and is kept for the first in line until the offer runs out. */
@EventType<WaitlistOffered>({
  type: 'scheduling.booking.WaitlistOffered.v1',
  key: (event) => event.tutor_id,
  examples: [
    {
      ...ids,
      ...lesson,
      waitlist_id: '7a8d2c7e-64b5-4a8d-8f57-9a2f0b6c4e06',
      hold_id: booked.booking_id,
      expires_at: '2026-12-01T09:15:00.000Z',
      tutor_timezone: booked.tutor_timezone,
    },
  ],
})
export class WaitlistOffered extends SchedulingEvent {
  /** The place in the line. */
  @Uuid() readonly waitlist_id!: WaitlistId;
  /** The hold that the offer is; the booking that comes of it will have this id. */
  @Uuid() readonly hold_id!: HoldId;
  /** The slot that the seat is in. */
  @Uuid() readonly slot_id!: SlotId;
  /** Who teaches. */
  @Uuid() readonly tutor_id!: PersonId;
  /** Who waited. */
  @Uuid() readonly student_id!: PersonId;
  /** When the lesson starts. */
  @Instant() readonly start_at!: string;
  /** When the lesson ends. */
  @Instant() readonly end_at!: string;
  /** When the offer runs out. */
  @Instant() readonly expires_at!: string;
  /** The tutor's IANA zone. */
  @Text(1, 64) readonly tutor_timezone!: string;
}
