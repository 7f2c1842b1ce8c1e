import type { BookingId, PersonId } from '@scheduling/domain';
import { outcome, rush } from '@scheduling/testing';
import type { Side } from '../src/bookings/bookings.entity.ts';
import { BookingNotFound } from '../src/bookings/bookings.errors.ts';
import { CompletionService } from '../src/completion/completion.service.ts';
import { LessonNotStarted, NoSuchLesson, TooLateToTell, ToldOtherwise } from '../src/completion/no-show.errors.ts';
import { NoShowService } from '../src/completion/no-show.service.ts';
import { type Lifecycle, lifecycle } from './lifecycle.scenario.ts';

const START = '2030-03-02T12:00:00.000Z';
/** From the start of the story to that of the lesson, in minutes. */
const UNTIL_START = 27 * 60;

describe('a lesson to which one of the two did not come', () => {
  let s: Lifecycle;
  let start: Date;
  beforeAll(async () => {
    s = await lifecycle();
    start = s.clock.now();
  });
  afterEach(async () => {
    await s.checkBooks();
    s.clock.advance((start.getTime() - s.clock.now().getTime()) / 60_000);
  });
  afterAll(() => s.end());

  const tell = (by: PersonId, bookingId: BookingId, absent: Side) =>
    s.get(NoShowService).tell({ by, bookingId, absent }, s.unnamed(by));
  const begin = async (percent = 0, lateBy = 0) => {
    const terms = await s.policy({ student_no_show_refund_percent: percent });
    const { tutor, slots } = await s.teach({ starts: [START], terms });
    const booking = await s.book(slots[0]!);
    s.clock.advance(UNTIL_START + lateBy);
    return { tutor, booking, student: booking.studentId };
  };

  it('is refunded in full when it was the tutor, and stays completed', async () => {
    const { tutor, booking, student } = await begin(0, 60);
    await s.get(CompletionService).complete();
    expect(await tell(student, booking.id, 'tutor')).toMatchObject({
      status: 'completed',
      noShowBy: 'tutor',
      refundedCents: 2500,
      version: 3,
    });
    expect(await s.balance(student)).toBe(10_000);
    expect((await s.history(booking.id)).at(-1)).toEqual(['no_show', 'completed', 'completed', student]);
    expect((await s.statedOf(tutor)).at(-1)).toMatchObject([
      'BookingNoShow',
      { booking_id: booking.id, version: 3, status: 'completed', no_show_by: 'tutor', refunded_cents: 2500 },
    ]);
  });

  it.each([
    [0, 7500],
    [40, 8500],
  ])('gives %d percent back when it was the student, whoever says so', async (percent, balance) => {
    const { tutor, booking, student } = await begin(percent);
    expect((await tell(tutor, booking.id, 'student')).noShowBy).toBe('student');
    expect(await s.balance(student)).toBe(balance);
  });

  it('is completed all the same when it ends', async () => {
    const { tutor, booking } = await begin();
    expect((await tell(tutor, booking.id, 'student')).status).toBe('confirmed');
    s.clock.advance(60);
    await s.get(CompletionService).complete();
    expect(await s.row(booking.id)).toMatchObject({ status: 'completed', no_show_by: 'student' });
  });

  it('is told once, by ten at once', async () => {
    const { tutor, booking, student } = await begin();
    const { won } = await rush(10, (i) => tell(i % 2 ? tutor : student, booking.id, 'tutor'));
    expect(won.map(({ version }) => version)).toEqual(Array(10).fill(2));
    expect(await s.balance(student)).toBe(10_000);
    expect((await s.statedOf(tutor)).filter(([name]) => name === 'BookingNoShow')).toHaveLength(1);
  });

  it('is told once, also where the other one was first by a moment', async () => {
    const { tutor, booking, student } = await begin();
    const told = await s.behind(
      student,
      () => tell(student, booking.id, 'student'),
      (tx) => tx.sql`update bookings set no_show_by = 'student', version = 7 where id = ${booking.id}`,
    );
    expect([told.version, told.noShowBy]).toEqual([7, 'student']);
    expect((await s.statedOf(tutor)).filter(([name]) => name === 'BookingNoShow')).toEqual([]);
  });

  it('is what the first one says where the two contradict each other', async () => {
    const { tutor, booking, student } = await begin(30);
    const { won, refusals } = outcome(
      await Promise.allSettled([tell(tutor, booking.id, 'student'), tell(student, booking.id, 'tutor')]),
    );
    expect([won.length, refusals.map((refusal) => refusal instanceof ToldOtherwise)]).toEqual([1, [true]]);
  });

  it('is told from the start until a day after the end', async () => {
    const { tutor, booking } = await begin(0, -1);
    await expect(tell(tutor, booking.id, 'student')).rejects.toThrow(LessonNotStarted);
    s.clock.advance(1 + 60 + 24 * 60 + 1);
    await expect(tell(tutor, booking.id, 'student')).rejects.toThrow(TooLateToTell);
    s.clock.advance(-1);
    expect((await tell(tutor, booking.id, 'student')).noShowBy).toBe('student');
  });

  it('is one’s own, and took place', async () => {
    const { tutor, booking } = await begin(0, -60);
    await expect(tell(s.person(), booking.id, 'tutor')).rejects.toThrow(BookingNotFound);
    await s.cancel(tutor, booking.id);
    s.clock.advance(60);
    await expect(tell(tutor, booking.id, 'student')).rejects.toThrow(NoSuchLesson);
  });
});
