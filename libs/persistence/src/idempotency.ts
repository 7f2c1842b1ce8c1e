import { createHash } from 'node:crypto';
import { type PersonId, SchedulingError } from '@scheduling/domain';
import type { Tx } from './database.ts';

export class KeyReused extends SchedulingError {
  readonly kind = 'invalid';
  readonly code = 'idempotency_key_reused';

  constructor() {
    super('This Idempotency-Key has come before with another request.');
  }
}

export class StillInFlight extends SchedulingError {
  readonly kind = 'conflict';
  readonly code = 'request_in_flight';

  constructor() {
    super('The same request is being worked on.', { retry_after_seconds: 1 });
  }
}

/** A request that may come twice; without a key each one counts. */
export interface Repeatable {
  readonly personId: PersonId;
  readonly key: string | null;
  /** What the request asks for: its method, path and body. */
  readonly content: string;
}

/**
 * Does the work of a request once for its key: the answer commits with the effect, and a repeat gets that answer.
 * Only successes are kept, so a refused request may be tried again under its key.
 */
export async function once<Answer extends object>(
  tx: Tx,
  request: Repeatable,
  work: () => Promise<Answer>,
): Promise<Answer> {
  const { personId, key, content } = request;
  if (key === null) return work();

  // Both are sent at once: the second sees what was committed by the time that the first has the lock.
  const [[lock], [known]] = await Promise.all([
    tx.prepared<{ got: boolean }>`
      select pg_try_advisory_xact_lock(hashtextextended(current_schema() || ${` idempotency ${personId} ${key}`}, 0)) as got`,
    tx.prepared<{ fingerprint: string; answer: string }>`
      select fingerprint, answer::text from idempotency where person_id = ${personId} and key = ${key}`,
  ]);
  if (!lock!.got) throw new StillInFlight();

  const fingerprint = createHash('sha256').update(content).digest('hex');
  if (known && known.fingerprint !== fingerprint) throw new KeyReused();
  if (known) return JSON.parse(known.answer, instants);

  const answer = await work();
  tx.underway(tx.prepared`
    insert into idempotency (person_id, key, fingerprint, answer, answered_at)
    values (${personId}, ${key}, ${fingerprint}, ${JSON.stringify(answer)}, ${tx.now})`);
  return answer;
}

const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;

/** What was a Date before it was kept is one again. */
const instants = (_: string, value: unknown): unknown =>
  typeof value === 'string' && INSTANT.test(value) ? new Date(value) : value;
