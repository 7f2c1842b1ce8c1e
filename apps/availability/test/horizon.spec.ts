import { Logger } from '@nestjs/common';
import type { HorizonCron } from '../src/openings/horizon.cron.ts';
import { instant, RULE, type Scenario, scenario, type Tutor } from './scenario.ts';

const HOURS = 60;
const DAYS = 24 * HOURS;

describe('the nightly move of the horizon', () => {
  let s: Scenario;
  let replicas: HorizonCron[];
  let tutors: Tutor[];
  beforeEach(async () => {
    // At nine in the morning of 1 March.
    s = await scenario();
    replicas = [await s.nightlyJob(), await s.nightlyJob()];
    tutors = [await s.tutor(), await s.tutor()];
    for (const tutor of tutors) await tutor.offer({ ...RULE, rrule_string: 'FREQ=DAILY' });
  });
  afterEach(() => s.end());

  /** Has both replicas look at once, as their schedules have them do every ten minutes. */
  const look = () => Promise.all(replicas.map((replica) => replica.extend()));
  const versions = async () => Promise.all(tutors.map(async ({ id }) => (await s.published(id)).length));
  const lastDay = async () => (await s.starts(tutors[0]!.id)).at(-1)!.slice(0, 10);

  it('publishes each tutor once when two o’clock has passed, and nothing in between', async () => {
    expect(await lastDay()).toBe('2030-04-25');
    await look();
    s.clock.advance(16 * HOURS + 50); // 01:50
    await look();
    expect(await versions()).toEqual([1, 1]);

    s.clock.advance(10); // 02:00
    await look();
    expect(await versions()).toEqual([2, 2]);
    for (let ten = 0; ten < 6; ten++) {
      s.clock.advance(10);
      await look();
    }
    expect(await versions()).toEqual([2, 2]);
    s.clock.advance(8 * HOURS); // 11:00, when the next day's lesson has come into sight, but no night has passed
    await look();
    expect(await versions()).toEqual([2, 2]);

    s.clock.advance(15 * HOURS); // 02:00
    await look();
    expect(await versions()).toEqual([3, 3]);
    expect(await lastDay()).toBe('2030-04-27');
  });

  it('makes up a night that was missed, at any time of the day', async () => {
    s.clock.advance(3 * DAYS + 3 * HOURS + 7); // 12:07 on 4 March
    await look();
    expect(await versions()).toEqual([2, 2]);
    expect(await lastDay()).toBe('2030-04-28');
    s.clock.advance(10);
    await look();
    expect(await versions()).toEqual([2, 2]);
  });

  it('says nothing where no lesson comes into sight, and tells all of it when one does', async () => {
    const weekly = await s.tutor();
    await weekly.offer({ ...RULE, rrule_string: 'FREQ=WEEKLY' }); // On Mondays; it is a Friday.
    s.clock.advance(17 * HOURS + 5); // 02:05 on Saturday
    for (const expected of [1, 1, 1, 2, 2, 2, 2, 2, 2, 2, 3]) {
      await look();
      expect(await s.published(weekly.id)).toHaveLength(expected);
      s.clock.advance(1 * DAYS);
    }
    expect(await versions()).toEqual([12, 12]);
    const starts = await s.starts(weekly.id);
    expect([starts.length, starts[0], starts.at(-1)]).toEqual([8, instant(18, 14), '2030-05-06T13:00:00.000Z']);
  });

  it('tells a tutor’s next lessons where there were too many to tell them all, though none comes into sight', async () => {
    const crowded = await s.tutor();
    await crowded.offer({ start_at: instant(1, 10), end_at: instant(27, 10), is_recurring: false });
    await crowded.change({ timezone: 'UTC', lesson_minutes: 15 });
    const before = await s.starts(crowded.id);
    s.clock.advance(17 * HOURS + 5);
    await look();
    const after = await s.starts(crowded.id);
    expect(before.length).toBeLessThan(26 * 96);
    expect(after.at(-1)! > before.at(-1)!).toBe(true);
  });

  it('says in the log what it did', async () => {
    const lines: object[] = [];
    const keep = (line: object) => void lines.push(line);
    Logger.overrideLogger({ log: keep, warn: keep, error: keep });
    await (await s.tutor()).offer({ ...RULE, rrule_string: 'FREQ=WEEKLY' });
    await look();
    s.clock.advance(17 * HOURS + 5);
    await look();
    s.clock.advance(10);
    await look(); // And nothing of a run that finds nothing to do.
    Logger.overrideLogger(false);
    const moved = { message: 'The horizon has moved.', tutors: 3, published: 2, quiet: 1, failed: 0 };
    expect(lines).toEqual([{ ...moved, milliseconds: expect.any(Number) }]);
  });

  it('passes over tutors who have published since, and those who offer nothing', async () => {
    const [busy, gone] = tutors;
    const { items } = (await gone!.blocks()).body;
    await gone!.withdraw(items[0]!.availability_id!);
    s.clock.advance(17 * HOURS + 5); // 02:05
    await busy!.change({ timezone: 'Europe/Kyiv' });
    expect(await versions()).toEqual([2, 2]);
    await look();
    expect(await versions()).toEqual([2, 2]);
  });

  it('does the others where it cannot do one', async () => {
    const [broken, fine] = tutors;
    // The one is told of in the log.
    Logger.overrideLogger(false);
    await s.source.query("update availability_blocks set timezone = 'Mars/Olympus' where tutor_id = $1", [broken!.id]);
    s.clock.advance(1 * DAYS);
    await look();
    expect((await s.published(fine!.id)).length).toBe(2);
    expect((await s.published(broken!.id)).length).toBe(1);

    await s.source.query("update availability_blocks set timezone = 'UTC' where tutor_id = $1", [broken!.id]);
    s.clock.advance(10);
    await look();
    expect(await versions()).toEqual([2, 2]);
  });
});
