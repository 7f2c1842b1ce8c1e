import type { PersonId, SlotId } from '@scheduling/domain';
import type { StripeDouble } from '../../../sandbox/src/stripe/stripe-double.ts';
import type { BookingStatus, PaymentMethod } from '../../src/bookings/bookings.entity.ts';

export type Card = Parameters<StripeDouble['pay']>[1];

/** What a tutor demands; times in minutes. */
export interface ModelTerms {
  timezone: string;
  currency: string;
  before: number;
  after: number;
  notice: number;
  perDay: number | null;
  perWeek: number | null;
  policy: ModelPolicy;
}

/** What goes back when, and how long and often a lesson may be moved, in minutes before the start; `id` null: the tutor names none. */
export interface ModelPolicy {
  id: string | null;
  fullUntil: number;
  partialUntil: number;
  percent: number;
  moveUntil: number;
  moves: number;
  noShowPercent: number;
}

export interface ModelTutor {
  name: string;
  id: PersonId;
  terms: ModelTerms | null;
  /** What the tutor published last. */
  wanted: ModelLesson[];
}

export interface ModelStudent {
  name: string;
  id: PersonId;
  /** Credits by currency; `changed` tells which is shown to whoever asks for none. */
  credits: { currency: string; cents: number; changed: number }[];
}

/** A lesson as a tutor wants it; instants are ms since 1970. */
export interface ModelLesson {
  start: number;
  end: number;
  price: number;
  currency: string;
  capacity: number;
}

export interface ModelSlot extends ModelLesson {
  name: string;
  tutor: ModelTutor;
  /** What the service calls it. */
  id: SlotId | null;
  offered: boolean;
  withheld: boolean;
  /** What the tutor wants of it once nobody sits in it any more. */
  later: ModelLesson | null;
  /** The tutor's time, buffers included, as it was when the first of those who sit in it came. */
  taken: { from: number; until: number };
}

export interface ModelHold {
  slot: ModelSlot;
  student: ModelStudent;
  kind: 'student' | 'waitlist' | 'series';
  seat: number;
  price: number;
  currency: string;
  start: number;
  end: number;
  policy: ModelPolicy;
  heldAt: number;
  expires: number;
  /** A hold that ran out is nobody's any more; it turns to lapsed, and its slot to what is wanted, when somebody needs the time. */
  status: 'held' | 'lapsed' | 'released' | 'confirmed';
}

export interface ModelBooking {
  hold: ModelHold;
  slot: ModelSlot;
  student: ModelStudent;
  tutor: ModelTutor;
  seat: number;
  start: number;
  end: number;
  price: number;
  currency: string;
  policy: ModelPolicy;
  method: PaymentMethod;
  status: BookingStatus;
  version: number;
  refunded: number;
  moves: number;
  /** The tutor moved it: the student may leave, or move it again, until the start. */
  isFree: boolean;
  noShowBy: 'student' | 'tutor' | null;
  /** The week of a subscription that it was paid with. */
  paidBy: ModelWeek | null;
  /** When a charge that was refused is tried again. */
  nextCharge: number | null;
}

/** A week of a subscription, and how many of its lessons are booked. */
export interface ModelWeek {
  until: number;
  used: number;
}

/** Lessons that a student may book each week from an instant on. */
export interface ModelSubscription {
  student: ModelStudent;
  start: number;
  allowance: number;
  weeks: ModelWeek[];
}

/** What a card is to pay for a hold. */
export interface ModelIntent {
  hold: ModelHold;
  /** What the card does that has authorized it; null before one has. */
  card: Card | null;
}

/** A place in a line. */
export interface ModelEntry {
  student: ModelStudent;
  tutor: ModelTutor;
  /** The one slot that is waited for; null: any that starts within the window. */
  slot: ModelSlot | null;
  from: number;
  until: number;
  status: 'waiting' | 'offered' | 'taken' | 'left' | 'passed_over' | 'expired';
  /** The slots that it has been passed over for. */
  passed: ModelSlot[];
  /** The newest offer. */
  offer: ModelHold | null;
  expires: number;
}

/** All that there is, in lists that are gone through from the beginning each time. */
export class World {
  readonly slots: ModelSlot[] = [];
  readonly holds: ModelHold[] = [];
  readonly bookings: ModelBooking[] = [];
  readonly subscriptions: ModelSubscription[] = [];
  readonly intents: ModelIntent[] = [];
  readonly entries: ModelEntry[] = [];
  /** What the operation that goes on has freed or newly offered, in order. */
  readonly freed: ModelSlot[][] = [];
  /** Whether somebody left a line, so that it moves on. */
  isNaming = false;
  /** Lessons whose money is on its way back to a card. */
  readonly returning: ModelBooking[] = [];

  constructor(
    readonly tutors: readonly ModelTutor[],
    readonly students: readonly ModelStudent[],
    /** What tutors choose from. */
    readonly policies: readonly ModelPolicy[],
    /** When the world began; what is on offer is counted from here. */
    readonly began: number,
    public now: number,
  ) {}
}
