import { Logger } from '@nestjs/common';
import type { PersonId } from '@scheduling/domain';
import { Database, Ticks } from '@scheduling/persistence';
import { FrozenClock } from '@scheduling/testing';
import { CleanupCron } from '../src/slots/cleanup.cron.ts';
import { CleanupService } from '../src/slots/cleanup.service.ts';
import { clearOldSlots } from '../src/slots/cleanup.store.ts';
import { type Scenario, scenario } from './scenario.ts';

const at = (day: number, hour = 12) => new Date(Date.UTC(2030, 2, day, hour)).toISOString();
/** Three months after 2 March 2030, and a bit. */
const NIGHT = new Date('2030-06-03T03:00:00Z');

describe('the nightly cleanup', () => {
  let s: Scenario;
  beforeEach(async () => {
    s = await scenario();
  });
  afterEach(() => s.end());

  const databaseAt = (night: Date) => new Database(s.source, new FrozenClock(night));
  const clear = (night: Date, batch?: { tutors: number; slotsOfEach: number }) =>
    new CleanupService(databaseAt(night)).clear(batch);
  const left = async (tutor: PersonId): Promise<string[]> => {
    const rows: { start_at: Date }[] = await s.source.query(
      'select start_at from slots where tutor_id = $1 and deleted_at is null order by start_at',
      [tutor],
    );
    return rows.map(({ start_at }) => start_at.toISOString());
  };

  it('clears slots that ended three months ago, and no younger one', async () => {
    const tutor = s.person();
    await s.publish(tutor, { starts: [at(1), at(2), at(2, 23), at(3, 0), at(8)], minutes: 61 });
    expect(await clear(NIGHT)).toBe(2);
    expect(await left(tutor)).toEqual([at(2, 23), at(3, 0), at(8)]);
    expect(await clear(new Date('2030-06-04T03:00:00Z'))).toBe(2);
    expect(await left(tutor)).toEqual([at(8)]);
  });

  it('leaves all that was booked as it is', async () => {
    const slot = await s.slot();
    const booking = await s.book(slot);
    const rows = () =>
      Promise.all(['bookings', 'holds', 'claims', 'transfers'].map((of) => s.source.query(`select * from ${of}`)));
    const before = await rows();
    expect(await clear(NIGHT)).toBe(1);
    expect(await rows()).toEqual(before);
    expect(await s.status(slot)).toBe('booked');
    expect(before[0]).toMatchObject([{ id: booking.id, slot_id: slot }]);
  });

  it('clears as much as there is, in batches', async () => {
    const tutors = Array.from({ length: 5 }, s.person);
    const starts = Array.from({ length: 7 }, (_, i) => at(1, 10 + i));
    for (const tutor of tutors) await s.publish(tutor, { starts });
    expect(await clear(NIGHT, { tutors: 2, slotsOfEach: 3 })).toBe(35);
    expect(await clear(NIGHT)).toBe(0);
  });

  it('goes on where a run died', async () => {
    const tutors = Array.from({ length: 5 }, s.person);
    for (const tutor of tutors) await s.publish(tutor, { starts: [at(1), at(2)] });
    const [earlier, later] = [NIGHT, new Date('2030-06-03T04:00:00Z')];
    const db = databaseAt(earlier);
    const batch = { tutors: 2, slotsOfEach: 10 };
    const { last, slots } = await db.transaction((tx) => clearOldSlots(tx, null, batch));
    expect(slots).toBe(4);
    const broken = db.transaction(async (tx) => {
      await clearOldSlots(tx, last, batch);
      throw new Error('the process died');
    });
    await expect(broken).rejects.toThrow('died');

    expect(await clear(later, batch)).toBe(6);
    const when = 'select deleted_at, count(*)::int from slots group by 1 order by 1';
    expect(await s.source.query(when)).toEqual([
      { deleted_at: earlier, count: 4 },
      { deleted_at: later, count: 6 },
    ]);
  });

  it('runs once a night on two replicas, and says what it did', async () => {
    await s.publish(s.person(), { starts: [at(1), at(2)] });
    const log = jest.spyOn(Logger.prototype, 'log').mockImplementation();
    const clock = new FrozenClock(NIGHT);
    const replicas = [1, 2].map(() => {
      const db = new Database(s.source, clock);
      return new CleanupCron(new Ticks(db), new CleanupService(db));
    });
    const trigger = () => Promise.all(replicas.map((replica) => replica.clear()));
    await trigger();
    clock.advance(5);
    await trigger();
    expect(log.mock.calls.map(([message]) => message)).toEqual([
      'soft-deleted 2 slots that ended over three months ago',
    ]);
    clock.advance(24 * 60 - 5);
    await trigger();
    expect(log).toHaveBeenCalledTimes(2);
    log.mockRestore();
  });

  it('is undone by a publication that wants the slot', async () => {
    const tutor = s.person();
    const slot = await s.slot({ tutor });
    await s.source.query('update slots set deleted_at = now() where id = $1', [slot]);
    expect(await s.listed(tutor)).toEqual([]);
    await s.publish(tutor, {});
    expect((await s.listed(tutor)).map(({ id }) => id)).toEqual([slot]);
  });
});
