import type { Client } from 'pg';

/** Facts moved from an outbox to the log at once. */
export const BATCH = 500;

/** The log as a relay sees it. */
export interface Sink {
  /** Moves the oldest facts of the outbox to the log, over the connection that leads; says how many. */
  move(leader: Client): Promise<number>;
  /** Gives back what the sink holds. */
  close(): Promise<void>;
}
