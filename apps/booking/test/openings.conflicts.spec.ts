import { type Scenario, scenario } from './scenario.ts';

const at = (hour: number) => new Date(Date.UTC(2030, 2, 1, hour)).toISOString();

describe('what a publication changes is stated', () => {
  let s: Scenario;
  beforeAll(async () => {
    s = await scenario();
  });
  afterAll(() => s.end());

  it('once for all slots, and not at all when nothing changed', async () => {
    const tutor = s.person();
    await s.publish(tutor, { starts: [at(12), at(13)] });
    await s.publish(tutor, { starts: [at(12), at(13)] });
    await s.publish(tutor, { starts: [at(13), at(14)] });
    expect(await s.statedOf(tutor)).toEqual([
      ['SlotsChanged', { tutor_id: tutor, schedule_version: 1 }],
      ['SlotsChanged', { tutor_id: tutor, schedule_version: 3 }],
    ]);
  });

  it('not for a taken slot, which keeps its length and price', async () => {
    const tutor = s.person();
    await s.book(await s.slot({ tutor }));
    await s.publish(tutor, { minutes: 45, price: 9900 });
    const names = (await s.statedOf(tutor)).map(([name]) => name);
    expect(names).toEqual(['SlotsChanged', 'SlotHeld', 'BookingConfirmed']);
  });

  it.each([
    ['its notice', { minimum_notice_minutes: 60 }],
    ['its buffers', { buffer_after_minutes: 15 }],
    ['its zone', { timezone: 'Asia/Tokyo' }],
    ['a cap that was not there', { maximum_lessons_per_day: 3 }],
    ['its policy', { cancellation_policy_id: '0b6f0a52-7c1e-4d0b-9a55-3a1c5d1f7e03' }],
  ])('also when only a term changed: %s', async (_, terms) => {
    const tutor = s.person();
    await s.publish(tutor, {});
    await s.publish(tutor, { terms });
    await s.publish(tutor, { terms });
    expect((await s.statedOf(tutor)).map(([, data]) => data['schedule_version'])).toEqual([1, 2]);
  });

  it('for each booked lesson whose time is no longer offered, once', async () => {
    const tutor = s.person();
    await s.publish(tutor, { starts: [at(12), at(13), at(14)], capacity: 2 });
    const [noon, one, two] = await s.slotsOf(tutor);
    const lessons = [await s.book(noon!), await s.book(noon!)];
    await s.book(two!);
    await s.hold(s.person(), one!);

    await s.publish(tutor, { starts: [at(14)], capacity: 2 });
    await s.publish(tutor, { starts: [at(14), at(18)], capacity: 2 });

    const conflicts = (await s.statedOf(tutor)).filter(([name]) => name === 'LessonConflicted').map(([, data]) => data);
    const facts = (lesson: (typeof lessons)[number]) => ({
      booking_id: lesson.id,
      version: 1,
      slot_id: noon,
      tutor_id: tutor,
      student_id: lesson.studentId,
      start_at: at(12),
      end_at: at(13),
      tutor_timezone: 'Europe/Kyiv',
    });
    expect(conflicts).toHaveLength(2);
    expect(conflicts).toEqual(expect.arrayContaining(lessons.map(facts)));
  });

  it('again when the time was offered in between', async () => {
    const tutor = s.person();
    const slot = await s.slot({ tutor });
    await s.book(slot);
    for (const starts of [[], [at(12)], []]) await s.publish(tutor, { starts });
    expect((await s.announced(slot)).filter((name) => name === 'LessonConflicted')).toHaveLength(2);
  });

  it('for no lesson beyond the horizon, which the tutor has only drawn nearer', async () => {
    const tutor = s.person();
    await s.publish(tutor, { starts: [at(12), at(15)] });
    for (const slot of await s.slotsOf(tutor)) await s.book(slot);
    await s.offer(Object.assign(s.publication(tutor, { starts: [] }), { horizon_at: at(14) }));
    const conflicts = (await s.statedOf(tutor)).filter(([name]) => name === 'LessonConflicted');
    expect(conflicts.map(([, data]) => data['start_at'])).toEqual([at(12)]);
  });

  it('for no lesson that was canceled', async () => {
    const tutor = s.person();
    const slot = await s.slot({ tutor });
    const booking = await s.book(slot);
    await s.cancel(booking.studentId, booking.id);
    await s.publish(tutor, { starts: [] });
    expect(await s.announced(slot)).toEqual(['SlotHeld', 'BookingConfirmed', 'BookingCanceled']);
  });

  it('when a hold on a slot that is no longer offered becomes a lesson', async () => {
    const [tutor, student] = [s.person(), s.person()];
    const slot = await s.slot({ tutor });
    await s.grant(student, 6000);
    await s.hold(student, slot);
    await s.publish(tutor, { starts: [] });
    await s.confirm(student, slot);
    await s.confirm(student, slot);
    expect(await s.announced(slot)).toEqual(['SlotHeld', 'BookingConfirmed', 'LessonConflicted']);
  });
});
