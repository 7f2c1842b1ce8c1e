import type { PersonId } from '@scheduling/domain';
import type { Tx } from '@scheduling/persistence';
import type { Hold } from '../holds/holds.store.ts';
import type { ReservationKind } from './reserving.service.ts';

/** Knows for whom seats of one kind are reserved. */
export abstract class Namer {
  abstract readonly kind: ReservationKind;

  /** Names the person that a reserved seat is for, or lets it go, in transactions of its own: afterwards it is not reserved any more. */
  abstract name(reserved: Hold): Promise<void>;

  /** Reserves one more seat that is wanted of a tutor, whose lock is held, where nothing that happened to the slot itself made it free. */
  abstract reserveMore(tx: Tx, tutor: PersonId): Promise<Hold | null>;

  /** Tutors after one, in the order of their ids, for whom `reserveMore` may find something; at most so many. */
  abstract tutorsDue(tx: Tx, after: PersonId | null, limit: number): Promise<PersonId[]>;
}

/** Every namer there is. */
export const NAMERS = Symbol('namers');
