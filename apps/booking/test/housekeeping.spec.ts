import { randomUUID } from 'node:crypto';
import { prune } from '@scheduling/persistence';
import { BookingConfig } from '../src/config.ts';
import { housekeeping } from '../src/housekeeping.ts';
import { waitlistScenario } from './waitlist.scenario.ts';

const OLD = '2029-10-01T00:00:00Z';
const YOUNG = '2030-02-27T00:00:00Z';

describe('housekeeping of the booking service', () => {
  let s: Awaited<ReturnType<typeof waitlistScenario>>;
  beforeEach(async () => {
    s = await waitlistScenario();
  });
  afterEach(() => s.end());

  const nightly = async () => {
    for (const kept of housekeeping(new BookingConfig())) await prune(s.db, kept, kept.hours);
  };
  const left = async (what: string, table: string): Promise<unknown[]> => {
    const rows: { what: unknown }[] = await s.source.query(`select ${what} as what from ${table} order by 1`);
    return rows.map((row) => row.what);
  };

  it('takes places of the past with their steps, and none that somebody still has', async () => {
    const { tutor, slot } = await s.taken();
    for (const status of ['expired', 'left', 'waiting']) {
      const { id } = await s.join(tutor, slot);
      await s.source.query('update waitlist set status = $2, expires_at = $3 where id = $1', [id, status, OLD]);
    }
    await s.join(tutor, slot);
    await nightly();
    expect(await left('status', 'waitlist')).toEqual(['waiting', 'waiting']);
    expect(await left('what', 'waitlist_steps')).toEqual(['joined', 'joined']);
  });

  it('takes proposals that ended long ago', async () => {
    const { booking, tutor } = await s.taken();
    for (const endedAt of [OLD, YOUNG, null])
      await s.source.query(
        `insert into proposals (id, booking_id, booking_version, kind, proposed_by, status, answered_by, made_at, expires_at, ended_at)
         values ($1, $2, 1, 'cancel', $3, $4, null, $5, $5, $6)`,
        [randomUUID(), booking.id, tutor, endedAt ? 'expired' : 'open', OLD, endedAt],
      );
    await nightly();
    expect(await left('ended_at', 'proposals')).toEqual([new Date(YOUNG), null]);
  });

  it('takes events of Stripe that were worked off long ago', async () => {
    const events = [
      ['old', 'done', OLD],
      ['young', 'done', YOUNG],
      ['never done', 'planned', OLD],
    ];
    for (const [id, state, at] of events)
      await s.source.query(
        `insert into stripe_events (id, type, object_id, stated_at, state, next_attempt_at, received_at)
         values ($1, 't', 'o', $3, $2, $3, $3)`,
        [id, state, at],
      );
    await nightly();
    expect(await left('id', 'stripe_events')).toEqual(['never done', 'young']);
  });

  it('goes by an index in each table', async () => {
    for (const { table, since, among = 'true' } of housekeeping(new BookingConfig())) {
      const [row] = await s.source.query(
        `explain (format json) select ctid from ${table} where ${since} < now() and ${among} order by ${since} limit 5000`,
      );
      expect(JSON.stringify(row)).toContain('"Index Name"');
      expect(JSON.stringify(row)).not.toContain('Seq Scan');
    }
  });
});
