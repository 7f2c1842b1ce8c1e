import type { Client } from 'pg';
import { PARTS } from './postgres-offsets.store.ts';
import { BATCH, type Sink } from './sink.ts';

/** Moves facts into the PostgreSQL log: they leave the outbox and reach the log in one transaction. */
export class PostgresSink implements Sink {
  async move(leader: Client): Promise<number> {
    const waiting = await leader.query('select 1 from outbox limit 1');
    if (waiting.rows.length === 0) return 0;

    // No rollback on failure: the relay lets the connection go, and with it the transaction and the lead.
    await leader.query('begin');
    // A statement of its own, so that the next one's snapshot is younger than the lock: all relays write one after the
    // other, and positions become visible in their order.
    await leader.query("select pg_advisory_xact_lock(hashtextextended('bus', 0))");
    const { rowCount } = await leader.query(MOVE, [BATCH, PARTS]);
    await leader.query('commit');
    return rowCount ?? 0;
  }

  async close(): Promise<void> {}
}

const MOVE = /* sql */ `
  with batch as (select id from outbox order by id limit $1),
       gone as (delete from outbox using batch where outbox.id = batch.id returning outbox.*)
  insert into bus.log (part, topic, key, type, event_id, envelope)
  select (hashtext(key) & 2147483647) % $2, topic, key, type, event_id, envelope from gone order by id
  on conflict (event_id) do nothing`;
