import { rush } from '@scheduling/testing';
import type { Terms } from '@scheduling/contracts';
import type { SlotId } from '@scheduling/domain';
import {
  DailyCapReached,
  HoldLapsed,
  SlotHeldByOthers,
  TutorBusy,
  WeeklyCapReached,
} from '../src/holds/holds.errors.ts';
import { type Scenario, scenario } from './scenario.ts';

/** Kyiv is at UTC+2: its 1 March 2030, a Friday, ends at 22:00 UTC, and its week on Sunday at that hour. */
const at = (day: number, hour: number) => new Date(Date.UTC(2030, 2, day, hour)).toISOString();

describe('a cap on lessons', () => {
  let s: Scenario;
  beforeAll(async () => {
    s = await scenario();
  });
  afterAll(() => s.end());

  const offer = async (terms: Partial<Terms>, starts: string[], capacity = 1) => {
    const tutor = s.person();
    await s.publish(tutor, { terms, starts, capacity });
    return { tutor, slots: await s.slotsOf(tutor) };
  };
  const hold = (slot: SlotId) => s.hold(s.person(), slot);

  it('of a day ends with the day of the tutor', async () => {
    const starts = [at(1, 12), at(1, 14), at(1, 21), at(1, 22)];
    const { slots } = await offer({ maximum_lessons_per_day: 2 }, starts);
    await hold(slots[0]!);
    await hold(slots[1]!);
    await expect(hold(slots[2]!)).rejects.toThrow(DailyCapReached);
    await expect(hold(slots[2]!)).rejects.toMatchObject({ code: 'day_full', facts: { slot_id: slots[2], limit: 2 } });
    await expect(hold(slots[3]!)).resolves.toBeDefined();
  });

  it('of a week ends with the week of the tutor', async () => {
    const { slots } = await offer({ maximum_lessons_per_week: 2 }, [at(1, 12), at(2, 12), at(3, 21), at(3, 22)]);
    await hold(slots[0]!);
    await s.book(slots[1]!);
    await expect(hold(slots[2]!)).rejects.toThrow(WeeklyCapReached);
    await expect(hold(slots[2]!)).rejects.toMatchObject({ code: 'week_full', facts: { slot_id: slots[2], limit: 2 } });
    await expect(hold(slots[3]!)).resolves.toBeDefined();
  });

  it('counts a lesson once, however many students sit in it', async () => {
    const { slots } = await offer({ maximum_lessons_per_day: 1 }, [at(1, 12), at(1, 14)], 3);
    for (const seat of [1, 2, 3]) expect((await hold(slots[0]!)).hold.seat).toBe(seat);
    await expect(hold(slots[1]!)).rejects.toThrow(DailyCapReached);
  });

  it('counts neither what ran out nor what was canceled, nor what the tutor learns', async () => {
    const { tutor, slots } = await offer({ maximum_lessons_per_day: 1 }, [at(1, 12), at(1, 14), at(1, 16)]);
    await s.hold(tutor, await s.slot({ starts: [at(1, 18)] }));
    await s.letGo((await hold(slots[0]!)).hold);
    const { id, studentId } = await s.book(slots[1]!);
    await expect(hold(slots[2]!)).rejects.toThrow(DailyCapReached);
    await s.cancel(studentId, id);
    await expect(hold(slots[2]!)).resolves.toBeDefined();
  });

  it('is not passed by a confirmation that began before its hold ran out', async () => {
    const { slots } = await offer({ maximum_lessons_per_day: 1 }, [at(1, 12), at(1, 14)]);
    const student = s.person();
    await s.grant(student, 10_000);
    await s.hold(student, slots[0]!);
    s.clock.advance(10);
    await expect(hold(slots[1]!)).resolves.toBeDefined();
    // By the instant of its transaction the first hold is still good.
    s.clock.advance(-1);
    await expect(s.confirm(student, slots[0]!)).rejects.toThrow(HoldLapsed);
  });

  it('that was lowered leaves the lessons that are there, and lets no more in', async () => {
    const starts = [at(1, 12), at(1, 14), at(1, 16)];
    const { tutor, slots } = await offer({}, starts);
    await s.book(slots[0]!);
    await s.book(slots[1]!);
    await s.publish(tutor, { terms: { maximum_lessons_per_day: 1 }, starts });
    await expect(hold(slots[2]!)).rejects.toThrow(DailyCapReached);
    await s.publish(tutor, { starts });
    await expect(hold(slots[2]!)).resolves.toBeDefined();
  });

  it.each([
    ['day', { maximum_lessons_per_day: 2 }, DailyCapReached, [1, 1, 1, 1, 1]],
    ['week', { maximum_lessons_per_week: 2 }, WeeklyCapReached, [1, 1, 2, 2, 3]],
  ])('of a %s is never passed by a rush', async (_, terms, refusal, days) => {
    const { tutor, slots } = await offer(
      terms,
      days.map((day, i) => at(day, 11 + i)),
      2,
    );

    const { won, refusals } = await rush(20, (i) => hold(slots[i % 5]!));

    const lessons = 'select count(*)::int from claims where person_id = $1 and seat = 0';
    expect(await s.source.query(lessons, [tutor])).toEqual([{ count: 2 }]);
    // Two lessons of two seats each, and everyone else heard why not.
    expect(won).toHaveLength(4);
    const named = [refusal, SlotHeldByOthers, TutorBusy];
    expect(refusals.filter((one) => !named.some((kind) => one instanceof kind))).toEqual([]);
    expect(refusals.filter((one) => one instanceof refusal).length).toBeGreaterThanOrEqual(12);
  });
});
