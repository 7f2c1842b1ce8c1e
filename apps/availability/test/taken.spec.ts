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

  it.each<[story: string, says: (of: Lesson) => SchedulingEvent[], known: string]>([
    ['a hold is no lesson', (of) => [of.held()], 'held'],
    ['a hold becomes one', (of) => [of.held(), of.confirmed()], 'booked'],
    ['a hold is let go', (of) => [of.held(), of.released()], 'free'],
    ['a lesson is canceled', (of) => [of.held(), of.confirmed(), of.canceled()], 'free'],
    ['the hold comes after the booking', (of) => [of.confirmed(), of.held()], 'booked'],
    ['the hold comes after it was let go', (of) => [of.released(), of.held()], 'free'],
    ['the booking comes after its cancellation', (of) => [of.canceled(), of.confirmed()], 'free'],
    ['all comes in the wrong order', (of) => [of.canceled(), of.confirmed(), of.held()], 'free'],
    ['a booking comes twice', (of) => [of.confirmed(), of.confirmed()], 'booked'],
    ['a hold comes twice, once late', (of) => [of.held(), of.confirmed(), of.held()], 'booked'],
    ['a hold comes twice after it was let go', (of) => [of.held(), of.released(), of.held()], 'free'],
    ['a cancellation comes twice', (of) => [of.confirmed(), of.canceled(), of.canceled()], 'free'],
    ['a booking comes again after its cancellation', (of) => [of.confirmed(), of.canceled(), of.confirmed()], 'free'],
    ['an old cancellation comes after a newer change', (of) => [of.confirmed(3), of.canceled(2)], 'booked'],
  ])('is right when %s', async (_, says, known) => {
    const tutor = await s.tutor();
    const one = lesson(tutor.id, onDay(4, 14, 15));
    for (const event of says(one)) await s.hear(event);
    expect(await s.source.query('select kind from taken_windows where id = $1', [one.id])).toEqual([{ kind: known }]);
    const met = known === 'booked' ? [{ kind: 'booking', id: one.id, ...onDay(4, 14, 15) }] : [];
    expect((await tutor.takeOff(DAY)).body.conflicts).toEqual(met);
  });

  it.each([
    ['before', [0, 1]],
    ['after', [1, 0]],
  ])('moves where a newer booking has moved, if the older one is heard %s it', async (_, order) => {
    const tutor = await s.tutor();
    const one = lesson(tutor.id, onDay(4, 14, 15));
    const told = [one.confirmed(1), Object.assign(one.confirmed(2), onDay(4, 18, 19))];
    for (const nth of order) await s.hear(told[nth]!);
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
