import { rush } from '@scheduling/testing';
import { BookingNotFound } from '../src/bookings/bookings.errors.ts';
import { CurrencyMismatch, NotEnoughCredit } from '../src/credits/credits.errors.ts';
import { HoldNotFound, SlotClosed } from '../src/holds/holds.errors.ts';
import { type Scenario, scenario } from './scenario.ts';

const TWO_DAYS_ON = '2030-03-03T12:00:00.000Z';

describe('a booking', () => {
  let s: Scenario;
  beforeAll(async () => {
    s = await scenario();
  });
  afterAll(() => s.end());

  it('takes the hold’s id, its price from the student’s credits, and the slot for good', async () => {
    const [slot, student] = [await s.slot(), s.person()];
    await s.grant(student, 6000);
    const { hold } = await s.hold(student, slot);
    const { booking, isRepeated } = await s.confirm(student, slot);

    expect([booking.id, booking.status, booking.version, isRepeated]).toEqual([hold.id, 'confirmed', 1, false]);
    expect(booking.joinLink).toContain(booking.id);
    expect(await s.balance(student)).toBe(3500);
    expect(await s.claims(slot)).toEqual([
      { seat: 0, expires_at: null },
      { seat: 1, expires_at: null },
    ]);
    expect(await s.status(slot)).toBe('booked');
    s.clock.advance(60);
    await s.holds.sweep();
    expect(await s.announced(slot)).toEqual(['SlotHeld', 'BookingConfirmed']);
  });

  it('is made once by ten confirmations at once', async () => {
    const [slot, student] = [await s.slot({ starts: [TWO_DAYS_ON] }), s.person()];
    await s.grant(student, 6000);
    await s.hold(student, slot);
    const { won } = await rush(10, () => s.confirm(student, slot));
    expect(won.filter(({ isRepeated }) => !isRepeated)).toHaveLength(1);
    expect(won).toHaveLength(10);
    expect(await s.balance(student)).toBe(3500);
    expect(await s.announced(slot)).toEqual(['SlotHeld', 'BookingConfirmed']);
  });

  it('charges the price that was held, whatever the tutor asks meanwhile', async () => {
    const [tutor, student] = [s.person(), s.person()];
    const slot = await s.slot({ tutor, starts: [TWO_DAYS_ON] });
    await s.grant(student, 6000);
    await s.hold(student, slot);
    await s.publish(tutor, { starts: [TWO_DAYS_ON], price: 5900 });
    expect((await s.confirm(student, slot)).booking.priceCents).toBe(2500);
  });

  it.each([
    ['too little credit', 2499, 'USD', NotEnoughCredit],
    ['credits of another currency', 9000, 'EUR', CurrencyMismatch],
  ])('is refused for %s, and the hold stays', async (_, cents, currency, refusal) => {
    const [slot, student] = [await s.slot({ starts: [TWO_DAYS_ON] }), s.person()];
    await s.grant(student, cents, currency);
    await s.hold(student, slot);
    await expect(s.confirm(student, slot)).rejects.toThrow(refusal);
    expect(await s.balance(student)).toBe(cents);
    expect(await s.status(slot)).toBe('held');
  });

  it('needs a hold', async () => {
    await expect(s.confirm(s.person(), await s.slot({ starts: [TWO_DAYS_ON] }))).rejects.toThrow(HoldNotFound);
  });

  it('never takes a balance below zero, however many confirm at once', async () => {
    const student = s.person();
    await s.grant(student, 6000);
    const days = [5, 6, 7].map((day) => `2030-03-0${day}T12:00:00.000Z`);
    const slots = await Promise.all(days.map((start) => s.slot({ starts: [start] })));
    for (const slot of slots) await s.hold(student, slot);
    const { won, refusals } = await rush(3, (i) => s.confirm(student, slots[i]!));
    expect([won.length, refusals.length, await s.balance(student)]).toEqual([2, 1, 1000]);
  });

  it('that its student cancels in time gives back money and time, once', async () => {
    const slot = await s.slot({ starts: ['2030-03-08T12:00:00.000Z'] });
    const booking = await s.book(slot);
    const { won } = await rush(5, () => s.cancel(booking.studentId, booking.id));
    expect(won.map(({ status, version, refundedCents }) => [status, version, refundedCents])).toEqual(
      won.map(() => ['refunded', 2, 2500]),
    );
    expect(won).toHaveLength(5);
    expect(await s.balance(booking.studentId)).toBe(10_000);
    expect(await s.claims(slot)).toEqual([]);
    expect(await s.status(slot)).toBe('open');
    expect(await s.announced(slot)).toEqual(['SlotHeld', 'BookingConfirmed', 'BookingCanceled']);
  });

  it('that its tutor cancels refunds in full, and the slot stays closed whatever is published', async () => {
    const [tutor, start] = [s.person(), '2030-03-01T18:00:00.000Z'];
    const slot = await s.slot({ tutor, starts: [start] });
    const booking = await s.book(slot);
    expect((await s.cancel(tutor, booking.id)).refundedCents).toBe(2500);
    await s.publish(tutor, { starts: [start] });
    await s.publish(tutor, { starts: [start], price: 3000 });
    await expect(s.hold(s.person(), slot)).rejects.toThrow(SlotClosed);
    expect(await s.status(slot)).toBe('closed');
    expect(await s.listed(tutor)).toEqual([]);
  });

  it('is refunded in its own currency, whatever credits the student has by then', async () => {
    const [slot, student] = [await s.slot({ starts: ['2030-03-11T12:00:00.000Z'] }), s.person()];
    await s.grant(student, 2500);
    await s.hold(student, slot);
    const { booking } = await s.confirm(student, slot);
    await s.grant(student, 100, 'EUR');
    expect((await s.cancel(student, booking.id)).refundedCents).toBe(2500);
    expect([await s.balance(student, 'USD'), await s.balance(student, 'EUR')]).toEqual([2500, 100]);
  });

  it('whose tutor canceled it opens its slot again when the tutor says so later', async () => {
    const [tutor, start] = [s.person(), '2030-03-12T12:00:00.000Z'];
    const slot = await s.slot({ tutor, starts: [start] });
    const booking = await s.book(slot);
    await s.cancel(tutor, booking.id);
    expect(await s.status(slot)).toBe('closed');
    expect((await s.cancel(booking.studentId, booking.id, true)).version).toBe(2);
    expect(await s.status(slot)).toBe('closed');
    expect((await s.cancel(tutor, booking.id, true)).version).toBe(2);
    expect(await s.status(slot)).toBe('open');
    expect((await s.listed(tutor)).map(({ id }) => id)).toEqual([slot]);
  });

  it('can be taken again by the student who canceled it', async () => {
    const [slot, student] = [await s.slot({ starts: ['2030-03-09T12:00:00.000Z'] }), s.person()];
    const first = await s.book(slot, student);
    await s.cancel(student, first.id);
    const second = await s.book(slot, student);
    expect(second.id).not.toBe(first.id);
    expect(second.status).toBe('confirmed');
  });

  it('does not exist for anyone else', async () => {
    const booking = await s.book(await s.slot({ starts: ['2030-03-10T12:00:00.000Z'] }));
    await expect(s.cancel(s.person(), booking.id)).rejects.toThrow(BookingNotFound);
  });

  it('leaves books that sum to zero and balances that are the sums of their transfers', async () => {
    const wrong = `
      with moves as (
        select credit_account as account, amount_cents as cents, currency from transfers
        union all select debit_account, -amount_cents, currency from transfers)
      select person_id from balances b
       where balance_cents <> (select coalesce(sum(cents), 0) from moves
                                where account = 'student:' || b.person_id and moves.currency = b.currency)`;
    expect(await s.source.query(wrong)).toEqual([]);
  });
});
