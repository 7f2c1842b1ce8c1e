import { outcome, rush } from '@scheduling/testing';
import type { Booking } from '../src/bookings/bookings.entity.ts';
import { CompletionCron } from '../src/completion/completion.cron.ts';
import { CompletionService } from '../src/completion/completion.service.ts';
import { BookingNotActive } from '../src/bookings/bookings.errors.ts';
import { type Lifecycle, lifecycle } from './lifecycle.scenario.ts';

const at = (time: string, day = '02') => `2030-03-${day}T${time}:00.000Z`;

describe('a lesson that is over', () => {
  let s: Lifecycle;
  let completion: CompletionService;
  beforeEach(async () => {
    s = await lifecycle();
    completion = s.get(CompletionService);
  });
  afterEach(async () => {
    await s.checkBooks();
    await s.end();
  });

  /** Books each slot for a new student. */
  const bookAll = async (slots: Awaited<ReturnType<Lifecycle['teach']>>['slots']) => {
    const bookings: Booking[] = [];
    for (const slot of slots) bookings.push(await s.book(slot));
    return bookings;
  };
  const until = (instant: string) => s.clock.advance((Date.parse(instant) - s.clock.now().getTime()) / 60_000);

  it('is completed when it has ended, and not a moment before', async () => {
    const { tutor, slots } = await s.teach({ starts: [at('12:00'), at('13:00')] });
    const [first, second] = await bookAll(slots);
    until(at('12:59'));
    expect(await completion.complete()).toBe(0);
    until(at('13:00'));
    expect(await completion.complete()).toBe(1);

    expect(await s.row(first!.id)).toMatchObject({ status: 'completed', version: 2 });
    expect(await s.row(second!.id)).toMatchObject({ status: 'confirmed', version: 1 });
    expect(await s.history(first!.id)).toEqual([
      ['booked', null, 'confirmed', first!.studentId],
      ['completed', 'confirmed', 'completed', null],
    ]);
    const stated = (await s.statedOf(tutor)).filter(([name]) => name === 'BookingCompleted');
    expect(stated).toEqual([
      [
        'BookingCompleted',
        expect.objectContaining({
          booking_id: first!.id,
          version: 2,
          status: 'completed',
          tutor_timezone: 'Europe/Kyiv',
        }),
      ],
    ]);
  });

  it('is completed once, however many replicas look at the same moment', async () => {
    const { tutor, slots } = await s.teach({ starts: [at('12:00')], capacity: 5 });
    await bookAll([slots[0]!, slots[0]!, slots[0]!, slots[0]!, slots[0]!]);
    until(at('13:00'));
    const { won } = await rush(6, () => completion.complete());
    expect(won.reduce((sum, lessons) => sum + lessons, 0)).toBe(5);
    expect((await s.statedOf(tutor)).filter(([name]) => name === 'BookingCompleted')).toHaveLength(5);
  });

  it('is left alone where it was called off while it waited its turn', async () => {
    const { tutor, slots } = await s.teach({ starts: [at('12:00')], capacity: 2 });
    const [first, second] = await bookAll([slots[0]!, slots[0]!]);
    until(at('13:00'));
    const done = await s.behind(
      tutor,
      () => completion.complete(),
      (tx) => tx.sql`update bookings set status = 'completed', version = 7 where id = ${first!.id}`,
    );
    expect([done, (await s.row(first!.id)).version, (await s.row(second!.id)).status]).toEqual([1, 7, 'completed']);
  });

  it('is completed though there are more of them than a batch has', async () => {
    const starts = ['10:00', '11:00', '12:00'].map((time) => at(time));
    for (let tutors = 0; tutors < 3; tutors++) await bookAll((await s.teach({ starts })).slots);
    until(at('13:00'));
    expect(await completion.complete({ tutors: 2, lessonsOfEach: 2 })).toBe(9);
    expect(await completion.complete()).toBe(0);
  });

  it('is left to the payment where it is not paid for, and alone where it was off', async () => {
    const { slots } = await s.teach({ starts: [at('12:00'), at('14:00')] });
    const [pending, off] = await bookAll(slots);
    await s.source.query("update bookings set status = 'pending_payment' where id = $1", [pending!.id]);
    await s.cancel(off!.studentId, off!.id);
    until(at('15:00'));
    expect(await completion.complete()).toBe(0);
    await s.source.query("update bookings set status = 'confirmed' where id = $1", [pending!.id]);
  });

  it('can no longer be canceled', async () => {
    const { slots } = await s.teach({ starts: [at('12:00')] });
    const [booking] = await bookAll(slots);
    until(at('13:00'));
    const { refusals } = outcome(
      await Promise.allSettled([completion.complete(), s.cancel(booking!.studentId, booking!.id)]),
    );
    expect(refusals).toHaveLength(1);
    await expect(s.cancel(booking!.studentId, booking!.id)).rejects.toThrow(BookingNotActive);
  });

  it('is seen to every quarter of an hour by one replica', async () => {
    const cron = s.get(CompletionCron);
    await rush(3, () => cron.complete());
    const [{ next_at: next }] = await s.source.query("select next_at from ticks where job = 'bookings.complete'");
    expect(next.toISOString()).toBe('2030-03-01T09:15:00.000Z');
  });
});
