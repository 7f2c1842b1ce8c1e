/** Why the domain may say no. A transport translates the kind and never reads the message. */
export type RefusalKind =
  | 'malformed'
  | 'unauthenticated'
  | 'forbidden'
  | 'missing'
  | 'conflict'
  | 'gone'
  | 'stale'
  | 'too_large'
  | 'invalid'
  | 'too_many'
  | 'unavailable';

/**
 * A considered "no", as opposed to a bug.
 * Thrown, not returned: inside a transaction a throw rolls back, and a returned error would commit.
 */
export abstract class Refusal extends Error {
  abstract readonly kind: RefusalKind;
  /** Public and permanent: clients branch on it. */
  abstract readonly code: string;

  /** The message is the same for every occurrence; what differs is a fact, in snake_case. */
  constructor(
    message: string,
    readonly facts: Readonly<Record<string, unknown>> = {},
  ) {
    super(message);
    this.name = new.target.name;
  }
}

/** What is refused about people, rules, time and requests in general. */
export abstract class SchedulingError extends Refusal {}

/** What is refused about slots, holds and lessons. */
export abstract class BookingError extends SchedulingError {}

/** What is refused about a connected Google calendar. */
export abstract class GoogleCalendarError extends SchedulingError {}

/** What is refused about money and credits. */
export abstract class PaymentError extends SchedulingError {}
