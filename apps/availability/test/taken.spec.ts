import type { SchedulingEvent } from '@scheduling/contracts';
import { type Lesson, lesson } from './booking-says.ts';
import { onDay, type Scenario, scenario } from './scenario.ts';

const DAY = onDay(4, 0, 24);
const SAME = onDay(4, 14, 15);
const LATER = onDay(4, 18, 19);

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
    ['a hold is being paid for', (of) => [of.held(), of.pending()], 'booked'],
    ['the payment has arrived', (of) => [of.held(), of.pending(), of.confirmed(2)], 'booked'],
    ['the payment has failed', (of) => [of.held(), of.pending(), of.canceled()], 'free'],
    ['what failed is said before what was tried', (of) => [of.canceled(), of.pending(), of.held()], 'free'],
    ['the payment’s beginning is told after its end', (of) => [of.confirmed(2), of.pending()], 'booked'],
    ['a payment comes twice', (of) => [of.pending(), of.held(), of.pending()], 'booked'],
    ['a lesson is moved and canceled', (of) => [of.confirmed(), of.moved(LATER), of.canceled(3)], 'free'],
    [
      'it is canceled before it is said to have moved',
      (of) => [of.canceled(3), of.moved(LATER), of.confirmed()],
      'free',
    ],
    ['an old cancellation comes after a newer change', (of) => [of.confirmed(3), of.canceled(2)], 'booked'],
  ])('is right when %s', async (_, says, known) => {
    const tutor = await s.tutor();
    const one = lesson(tutor.id, SAME);
    for (const event of says(one)) await s.hear(event);
    expect(await s.source.query('select kind from taken_windows where id = $1', [one.id])).toEqual([{ kind: known }]);
    const met = known === 'booked' ? [{ kind: 'booking', id: one.id, ...SAME }] : [];
    expect((await tutor.takeOff(DAY)).body.conflicts).toEqual(met);
  });

  it.each<[story: string, says: (of: Lesson) => SchedulingEvent[], to: { start_at: string; end_at: string }]>([
    ['it is moved', (of) => [of.held(), of.confirmed(), of.moved(LATER)], LATER],
    ['the move is told first', (of) => [of.moved(LATER), of.confirmed(), of.held()], LATER],
    ['the move is told twice', (of) => [of.confirmed(), of.moved(LATER), of.confirmed(), of.moved(LATER)], LATER],
    ['it is moved into time that it had', (of) => [of.confirmed(), of.moved(onDay(4, 14, 16))], onDay(4, 14, 16)],
    ['it is moved to another day and back', (of) => [of.moved(SAME, 3), of.moved(onDay(5, 9, 10))], SAME],
    ['moves change places', (of) => [of.moved(LATER, 3), of.moved(onDay(4, 9, 10)), of.confirmed()], LATER],
  ])('is where a newer fact says when %s', async (_, says, to) => {
    const tutor = await s.tutor();
    const one = lesson(tutor.id, SAME);
    for (const event of says(one)) await s.hear(event);
    expect((await tutor.takeOff(DAY)).body.conflicts).toEqual([{ kind: 'booking', id: one.id, ...to }]);
  });

  it('is kept for each of many tutors, in whichever part of the log they are', async () => {
    const tutors = await Promise.all(Array.from({ length: 20 }, () => s.tutor()));
    const lessons = tutors.map(({ id }) => lesson(id, SAME));
    await s.hear(...lessons.map((one) => one.confirmed()));
    const told = await Promise.all(tutors.map((tutor) => tutor.takeOff(DAY)));
    expect(told.map(({ body }) => body.conflicts.map(({ id }) => id))).toEqual(lessons.map(({ id }) => [id]));
  });

  it('publishes nothing: only the tutor’s own changes do', async () => {
    const tutor = await s.tutor();
    await tutor.offer();
    const one = lesson(tutor.id, SAME);
    await s.hear(one.held(), one.confirmed());
    expect(await s.published(tutor.id)).toHaveLength(1);
  });
});
