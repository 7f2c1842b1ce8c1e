import { Instant, OneOf, Uuid } from '@scheduling/contracts';
import type { Conflict } from './conflicts.policy.ts';

export class ConflictView {
  /** What it is: other availability, time off, or a booked lesson. */
  @OneOf(['availability', 'time_off', 'booking']) readonly kind!: Conflict['kind'];
  /** Its id. */
  @Uuid() readonly id!: string;
  /** When it starts, in UTC. */
  @Instant() readonly start_at!: string;
  /** When it ends, in UTC. */
  @Instant() readonly end_at!: string;

  /** Shows a conflict to its tutor. */
  static of({ kind, id, startAt, endAt }: Conflict): ConflictView {
    return { kind, id, start_at: startAt.toISOString(), end_at: endAt.toISOString() };
  }
}
