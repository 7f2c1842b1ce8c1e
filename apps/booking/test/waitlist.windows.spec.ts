import { SlotHeldByOthers, TutorBusy } from '../src/holds/holds.errors.ts';
import { type WaitlistScenario, waitlistScenario } from './waitlist.scenario.ts';

const at = (time: string) => `2030-03-01T${time}:00.000Z`;
const AFTERNOON = { from: new Date(at('12:00')), until: new Date(at('18:00')) };

describe('waiting for any lesson in a window', () => {
  let s: WaitlistScenario;
  beforeEach(async () => {
    s = await waitlistScenario();
  });
  afterEach(() => s.end());

  it('is answered by the first slot that is published in it, before the public sees it', async () => {
    const tutor = s.person();
    await s.publish(tutor, { starts: [] });
    const first = await s.join(tutor, AFTERNOON);
    const asked = s.pause();
    await s.publish(tutor, { starts: [at('18:00'), at('13:00'), at('15:00')] });
    expect((await s.listed(tutor)).map(({ startAt }) => startAt.toISOString())).toEqual([at('18:00')]);
    const [early, late] = await s.slotsOf(tutor);
    for (const slot of [early!, late!]) await expect(s.hold(s.person(), slot)).rejects.toThrow(SlotHeldByOthers);

    asked.resume();
    await s.minute();
    expect((await s.place(first)).offer?.slotId).toBe(early);
    expect((await s.listed(tutor)).map(({ startAt }) => startAt.toISOString())).toEqual([at('15:00'), at('18:00')]);
  });

  it('goes on with the rest of the window after an offer that ran out', async () => {
    const tutor = s.person();
    await s.publish(tutor, { starts: [] });
    const first = await s.join(tutor, AFTERNOON);
    await s.publish(tutor, { starts: [at('13:00'), at('15:00')] });
    await s.settle();
    const [early, late] = await s.slotsOf(tutor);

    s.clock.advance(15);
    await s.minute();
    expect((await s.place(first)).offer?.slotId).toBe(late);
    expect(await s.listed(tutor)).toMatchObject([{ id: early }]);
    s.clock.advance(15);
    await s.minute();
    expect(await s.statusOf(first)).toBe('waiting');
    expect(await s.listed(tutor)).toHaveLength(2);
    const offer = ['offered', 'passed_over: offer_ran_out'];
    expect(await s.stepsOf(first)).toEqual(['joined', ...offer, ...offer]);
  });

  it('gives each who waits another seat of what comes at once', async () => {
    const tutor = s.person();
    await s.publish(tutor, { starts: [] });
    const line = [await s.join(tutor, AFTERNOON), await s.join(tutor, AFTERNOON), await s.join(tutor, AFTERNOON)];
    await s.publish(tutor, { starts: [at('13:00'), at('15:00')] });
    await s.settle();
    const slots = await s.slotsOf(tutor);
    const places = await Promise.all(line.map(s.place));
    expect(places.map(({ offer }) => offer?.slotId)).toEqual([...slots, undefined]);
  });

  it('leaves open what is free only at times at which the student is busy', async () => {
    const tutor = s.person();
    await s.publish(tutor, { starts: [at('13:00')] });
    const student = s.person();
    await s.book(await s.slot({ starts: [at('13:30')] }), student);
    const first = await s.join(tutor, AFTERNOON, student);
    expect(await s.stepsOf(first)).toEqual(['joined', 'passed_over: busy']);
    expect([await s.statusOf(first), (await s.listed(tutor)).length]).toEqual(['waiting', 1]);

    await s.publish(tutor, { starts: [at('13:00'), at('15:00')] });
    await s.settle();
    expect((await s.place(first)).offer?.startAt).toEqual(new Date(at('15:00')));
  });

  it('is answered by a time that another lesson stood in the way of', async () => {
    const tutor = s.person();
    await s.publish(tutor, { starts: [at('12:00'), at('12:30')] });
    const [noon, half] = await s.slotsOf(tutor);
    const booking = await s.book(noon!);
    const first = await s.join(tutor, half!);

    await s.cancel(booking.studentId, booking.id);
    await s.settle();
    expect((await s.place(first)).offer?.slotId).toBe(half);
    await expect(s.hold(s.person(), noon!)).rejects.toThrow(TutorBusy);
  });

  it('is answered once the tutor wants to teach more that day', async () => {
    const tutor = s.person();
    const starts = [at('12:00'), at('15:00')];
    await s.publish(tutor, { starts, terms: { maximum_lessons_per_day: 1 } });
    const [noon, three] = await s.slotsOf(tutor);
    await s.book(noon!);
    const first = await s.join(tutor, three!);
    await s.minute();
    expect(await s.statusOf(first)).toBe('waiting');
    await expect(s.hold(s.person(), three!)).rejects.toThrow(SlotHeldByOthers);

    await s.publish(tutor, { starts, terms: { maximum_lessons_per_day: 2 } });
    expect(await s.listed(tutor)).toEqual([]);
    await s.minute();
    expect((await s.place(first)).offer?.slotId).toBe(three);
  });

  it('asks about seats that a longer group brings', async () => {
    const tutor = s.person();
    const slot = await s.slot({ tutor, capacity: 1 });
    const booking = await s.book(slot);
    const line = [await s.join(tutor, slot), await s.join(tutor, slot)];
    await s.publish(tutor, { capacity: 2 });
    await s.cancel(booking.studentId, booking.id);
    await s.settle();
    expect(await Promise.all(line.map(s.statusOf))).toEqual(['offered', 'offered']);
  });
});
