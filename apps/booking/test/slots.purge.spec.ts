import { Logger } from '@nestjs/common';
import type { PersonId } from '@scheduling/domain';
import { Database, Ticks } from '@scheduling/persistence';
import { FrozenClock } from '@scheduling/testing';
import { BookingConfig } from '../src/config.ts';
import { PurgeCron } from '../src/slots/purge.cron.ts';
import { PurgeService } from '../src/slots/purge.service.ts';
import { takeOldSlots } from '../src/slots/purge.store.ts';
import { waitlistScenario } from './waitlist.scenario.ts';

const at = (day: number, hour = 12) => new Date(Date.UTC(2030, 2, day, hour)).toISOString();
/** 120 days after 3 March 2030: what starts before the second has ended by the third. */
const NIGHT = new Date('2030-07-01T04:00:00Z');

describe('the purge of what the past has left', () => {
  let s: Awaited<ReturnType<typeof waitlistScenario>>;
  beforeEach(async () => {
    s = await waitlistScenario();
  });
  afterEach(() => s.end());

  const databaseAt = (night: Date) => new Database(s.source, new FrozenClock(night));
  const purge = (night = NIGHT, batch?: { tutors: number; slotsOfEach: number }) =>
    new PurgeService(databaseAt(night), new BookingConfig()).purge(batch);
  const starts = async (tutor: PersonId): Promise<string[]> => {
    const rows: { start_at: Date }[] = await s.source.query(
      'select start_at from slots where tutor_id = $1 order by start_at',
      [tutor],
    );
    return rows.map(({ start_at }) => start_at.toISOString());
  };
  const rows = async (table: string): Promise<number> => {
    const [{ count }] = await s.source.query(`select count(*)::int from ${table}`);
    return count;
  };
  it('takes slots that nobody booked, and no younger one', async () => {
    const tutor = s.person();
    await s.publish(tutor, { starts: [at(1), at(1, 23), at(2, 0), at(2), at(8)] });
    expect(await purge()).toBe(2);
    expect(await starts(tutor)).toEqual([at(2, 0), at(2), at(8)]);
    expect(await purge(new Date('2030-07-02T04:00:00Z'))).toBe(2);
    expect(await starts(tutor)).toEqual([at(8)]);
  });

  it('keeps lessons with their holds, their history and their money, also those that were moved; who sat in them goes', async () => {
    await s.book(await s.slot());
    const tutor = s.person();
    await s.publish(tutor, { starts: [at(1, 14), at(1, 16)] });
    const [first, second] = await s.slotsOf(tutor);
    const { id } = await s.book(first!);
    await s.move(tutor, id, second!);
    const kept = () =>
      Promise.all(
        ['slots', 'bookings', 'holds', 'transfers', 'balances', 'audit'].map((of) =>
          s.source.query(`select * from ${of} order by 1`),
        ),
      );
    const before = await kept();
    expect(await rows('claims')).toBe(4);
    expect(await purge()).toBe(0);
    expect(await kept()).toEqual(before);
    expect(await rows('claims')).toBe(0);
  });

  /** A hold that has run out, of a new student, on a new slot. */
  const lapsed = async () => {
    const [student, slot] = [s.person(), await s.slot()];
    const { hold } = await s.hold(student, slot);
    await s.letGo(hold);
    return { id: hold.id, slot };
  };

  it('takes holds that came to nothing, and payments that never took money', async () => {
    const [unpaid, paid] = [await lapsed(), await lapsed()];
    await s.source.query(
      `insert into payments (id, goal, state, outcome, amount_cents, currency, next_attempt_at, created_at, settled_at)
       values ($1, 'release', 'settled', 'released', 1, 'USD', now(), now(), now()),
              ($2, 'release', 'settled', 'captured', 1, 'USD', now(), now(), now())`,
      [unpaid.id, paid.id],
    );
    expect(await purge()).toBe(1);
    expect(await s.source.query('select id from holds')).toEqual([{ id: paid.id }]);
    expect(await s.source.query('select id, outcome from payments')).toEqual([{ id: paid.id, outcome: 'captured' }]);
    expect(await s.source.query('select id from slots')).toEqual([{ id: paid.slot }]);
  });

  it('takes what somebody was offered who waits on, and leaves their place', async () => {
    const [{ tutor }, offer] = [await s.taken(), await lapsed()];
    const span = { from: new Date('2030-03-01T10:00:00Z'), until: new Date('2030-03-20T00:00:00Z') };
    const { id } = await s.join(tutor, span);
    await s.source.query('update waitlist set hold_id = $1', [offer.id]);
    await s.source.query(
      `insert into waitlist_steps (entry_id, at, what, slot_id) values ($1, now(), 'passed_over', $2)`,
      [id, offer.slot],
    );
    await purge();
    expect(await s.source.query('select id, status, hold_id from waitlist')).toEqual([
      { id, status: 'waiting', hold_id: null },
    ]);
    expect(await s.source.query('select id from slots where id = $1', [offer.slot])).toEqual([]);
    expect(await s.source.query('select what from waitlist_steps')).toEqual([{ what: 'joined' }]);
  });

  it('takes as much as there is, in batches, and goes on where a run died', async () => {
    const tutors = Array.from({ length: 5 }, s.person);
    for (const tutor of tutors) await s.publish(tutor, { starts: Array.from({ length: 7 }, (_, i) => at(1, 10 + i)) });
    const db = databaseAt(NIGHT);
    const batch = { tutors: 2, slotsOfEach: 3 };
    const broken = db.transaction(async (tx) => {
      await takeOldSlots(tx, 120, null, batch);
      throw new Error('the process died');
    });
    await expect(broken).rejects.toThrow('died');
    expect(await purge(NIGHT, batch)).toBe(35);
    expect(await purge()).toBe(0);
  });

  it('runs once a night on two replicas', async () => {
    await s.publish(s.person(), { starts: [at(1)] });
    const log = jest.spyOn(Logger.prototype, 'log').mockImplementation();
    const replicas = [1, 2].map(() => {
      const db = databaseAt(NIGHT);
      return new PurgeCron(new Ticks(db), new PurgeService(db, new BookingConfig()));
    });
    await Promise.all(replicas.map((replica) => replica.purge()));
    expect(log.mock.calls.map(([message]) => message)).toEqual(['deleted 1 slots of the past that nobody had booked']);
    log.mockRestore();
  });
});
