import { randomUUID } from 'node:crypto';

declare const idOf: unique symbol;
/** A UUID that remembers whose it is: a slot's id is no person's id, and the compiler knows. */
type Id<Of extends string> = string & { readonly [idOf]: Of };

/** Tutors and students alike: who teaches one lesson may attend another. */
export type PersonId = Id<'person'>;
export type AvailabilityId = Id<'availability'>;
export type TimeOffId = Id<'time off'>;
export type SlotId = Id<'slot'>;
export type HoldId = Id<'hold'>;
/** A booking takes the id of the hold that it came from. */
export type BookingId = Id<'booking'>;
export type SeriesId = Id<'series'>;
export type WaitlistId = Id<'waitlist entry'>;
export type PlanId = Id<'plan'>;
export type SubscriptionId = Id<'subscription'>;
/** A stretch of a subscription, with an allowance of its own. */
export type PeriodId = Id<'period'>;

export type ProposalId = Id<'proposal'>;

/** Makes a new id; ids from outside get their type from the class that validated them. */
export const newId = <Name extends Id<string>>(): Name => randomUUID() as Name;
