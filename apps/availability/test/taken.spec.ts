import type { SchedulingEvent } from '@scheduling/contracts';
import { type Lesson, lesson } from './booking-says.ts';
import { onDay, type Scenario, scenario } from './scenario.ts';

const DAY = onDay(4, 0, 24);

describe('what is known of a lesson', () => {
  let s: Scenario;
  beforeAll(async () => {
    s = await scenario();
  });
  afterAll(() => s.end());

  it.each<[story: string, says: (of: Lesson) => SchedulingEvent[], conflicts: number]>([
    ['a hold is no lesson', (of) => [of.held()], 0],
    ['a hold becomes one', (of) => [of.held(), of.confirmed()], 1],
    ['a hold is let go', (of) => [of.held(), of.released()], 0],
    ['a lesson is canceled', (of) => [of.held(), of.confirmed(), of.canceled()], 0],
    ['the hold comes after the booking', (of) => [of.confirmed(), of.held()], 1],
    ['the hold comes after it was let go', (of) => [of.released(), of.held()], 0],
    ['the booking comes after its cancellation', (of) => [of.canceled(), of.confirmed()], 0],
    ['all comes in the wrong order', (of) => [of.canceled(), of.confirmed(), of.held()], 0],
    ['a booking comes twice', (of) => [of.confirmed(), of.confirmed()], 1],
    ['a hold comes twice, once late', (of) => [of.held(), of.confirmed(), of.held()], 1],
    ['a cancellation comes twice', (of) => [of.confirmed(), of.canceled(), of.canceled()], 0],
    ['a booking comes again after its cancellation', (of) => [of.confirmed(), of.canceled(), of.confirmed()], 0],
    ['a later change is booked still', (of) => [of.confirmed(), of.confirmed(3), of.canceled(2)], 1],
  ])('is right when %s', async (_, says, conflicts) => {
    const tutor = await s.tutor();
    const one = lesson(tutor.id, onDay(4, 14, 15));
    for (const event of says(one)) await s.hear(event);
    const met = { kind: 'booking', id: one.id, ...onDay(4, 14, 15) };
    expect((await tutor.takeOff(DAY)).body.conflicts).toEqual(Array.from({ length: conflicts }, () => met));
  });

  it('moves where a newer booking has moved, whichever is heard first', async () => {
    const tutor = await s.tutor();
    const one = lesson(tutor.id, onDay(4, 14, 15));
    const moved = Object.assign(one.confirmed(2), onDay(4, 18, 19));
    await s.hear(moved);
    await s.hear(one.confirmed(1));
    expect((await tutor.takeOff(DAY)).body.conflicts).toEqual([{ kind: 'booking', id: one.id, ...onDay(4, 18, 19) }]);
  });

  it('is kept for each of many tutors, in whichever part of the log they are', async () => {
    const tutors = await Promise.all(Array.from({ length: 20 }, () => s.tutor()));
    const lessons = tutors.map(({ id }) => lesson(id, onDay(4, 14, 15)));
    await s.hear(...lessons.map((one) => one.confirmed()));
    const told = await Promise.all(tutors.map((tutor) => tutor.takeOff(DAY)));
    expect(told.map(({ body }) => body.conflicts.map(({ id }) => id))).toEqual(lessons.map(({ id }) => [id]));
  });

  it('publishes nothing: only the tutor’s own changes do', async () => {
    const tutor = await s.tutor();
    await tutor.offer();
    const one = lesson(tutor.id, onDay(4, 14, 15));
    await s.hear(one.held(), one.confirmed());
    expect(await s.published(tutor.id)).toHaveLength(1);
  });
});
