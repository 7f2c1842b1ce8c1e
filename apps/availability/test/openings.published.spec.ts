import { Database } from '@scheduling/persistence';
import { rush } from '@scheduling/testing';
import { HorizonService } from '../src/openings/horizon.service.ts';
import { PublishService } from '../src/openings/publish.service.ts';
import { onDay, RULE, type Scenario, scenario } from './scenario.ts';

const QUARTERS = { timezone: 'UTC', lesson_minutes: 15 };
const DAYS = 24 * 60;

describe('what a tutor would teach', () => {
  let s: Scenario;
  beforeEach(async () => {
    s = await scenario();
  });
  afterEach(() => s.end());

  it('has no version twice and loses no change when ten come at once', async () => {
    const tutor = await s.tutor();
    const days = [4, 5, 6, 7, 8, 11, 12, 13, 14, 15];
    const { won } = await rush(10, (i) => tutor.offer({ ...onDay(days[i]!, 10, 11), is_recurring: false }));
    expect(won.map(({ status }) => status)).toEqual(Array(10).fill(201));
    const versions = (await s.published(tutor.id)).map((it) => it.schedule_version);
    expect(versions).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
    expect(await s.starts(tutor.id)).toEqual(days.map((day) => onDay(day, 10, 11).start_at));
  });

  it('says nothing where nothing changed', async () => {
    const tutor = await s.tutor();
    await tutor.offer();
    await tutor.offer({ ...RULE, rrule_string: 'no rule' });
    await tutor.change({ timezone: 'Nowhere' });
    await tutor.blocks();
    await tutor.settings();
    expect(await s.published(tutor.id)).toHaveLength(1);
  });

  it('follows the zone in which a rule was entered when the tutor moves', async () => {
    const tutor = await s.tutor();
    await tutor.offer();
    await tutor.change({ timezone: 'Asia/Tokyo' });
    const [before, after] = await s.published(tutor.id);
    expect(after!.terms.timezone).toBe('Asia/Tokyo');
    expect(after!.openings).toEqual(before!.openings);
  });

  it('can be changed and moved on when a block that began beyond the horizon comes to open too much', async () => {
    const tutor = await s.tutor();
    const far = { start_at: '2030-06-01T00:00:00Z', end_at: '2031-05-01T00:00:00Z', is_recurring: false };
    expect((await tutor.offer(far)).status).toBe(201);
    await tutor.change(QUARTERS);

    s.clock.advance(90 * DAYS);
    await (await s.nightlyJob()).extend();
    expect((await s.starts(tutor.id))[0]).toBe('2030-06-01T00:00:00.000Z');

    const off = { start_at: '2030-06-02T00:00:00Z', end_at: '2030-06-03T00:00:00Z' };
    expect((await tutor.takeOff(off)).status).toBe(201);
    const starts = await s.starts(tutor.id);
    expect(starts.filter((at) => at.startsWith('2030-06-02'))).toEqual([]);
    expect(starts.filter((at) => at.startsWith('2030-06-03'))).toHaveLength(96);
    expect(starts.length).toBeLessThanOrEqual(2000);
  });

  it('is moved on once by runs that overlap, because one outlasted its tick', async () => {
    const tutors = [await s.tutor(), await s.tutor(), await s.tutor()];
    for (const tutor of tutors) await tutor.offer({ ...RULE, rrule_string: 'FREQ=DAILY' });
    s.clock.advance(DAYS);
    const run = () => new HorizonService(new Database(s.source, s.clock), new PublishService()).extend();
    const moved = await Promise.all([run(), run(), run()]);
    expect(moved.reduce((sum, { published }) => sum + published, 0)).toBe(3);
    expect(moved.map(({ quiet, failed }) => quiet + failed)).toEqual([0, 0, 0]);
    for (const { id } of tutors) expect(await s.published(id)).toHaveLength(2);
  });

  it('is the soonest part when shorter lessons make too many', async () => {
    const tutor = await s.tutor();
    const [start_at, end_at] = ['2030-03-04T00:00:00Z', '2030-03-05T00:00:00Z'];
    await tutor.offer({ start_at, end_at, is_recurring: true, rrule_string: 'FREQ=DAILY', timezone: 'UTC' });
    expect((await tutor.change(QUARTERS)).status).toBe(200);
    const starts = await s.starts(tutor.id);
    expect(starts.slice(0, 2)).toEqual(['2030-03-04T00:00:00.000Z', '2030-03-04T00:15:00.000Z']);
    expect(starts.length).toBeGreaterThan(900);
    expect(starts.length).toBeLessThanOrEqual(2000);
  });
});
