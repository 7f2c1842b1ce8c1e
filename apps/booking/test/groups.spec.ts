import { Logger } from '@nestjs/common';
import type { PersonId, SlotId } from '@scheduling/domain';
import { rush } from '@scheduling/testing';
import { HoldLapsed, SlotClosed, SlotStarted } from '../src/holds/holds.errors.ts';
import { BeyondCapacity, DecidedInThePast, NotYourSlot } from '../src/groups/groups.errors.ts';
import { GroupsService } from '../src/groups/groups.service.ts';
import { MinimumsCron } from '../src/groups/minimums.cron.ts';
import { MinimumsService } from '../src/groups/minimums.service.ts';
import { type Lifecycle, lifecycle } from './lifecycle.scenario.ts';

const START = '2030-03-08T12:00:00.000Z';
const DAY = 24 * 60;

describe('a group', () => {
  let s: Lifecycle;
  let slot: SlotId;
  let tutor: PersonId;
  let start: Date;
  beforeAll(async () => {
    s = await lifecycle();
    start = s.clock.now();
  });
  beforeEach(async () => {
    const strict = await s.policy({ full_refund_until_minutes: 100_000 });
    const taught = await s.teach({ starts: [START], capacity: 4, terms: strict });
    [tutor, slot] = [taught.tutor, taught.slots[0]!];
  });
  afterEach(async () => {
    await s.checkBooks();
    s.clock.advance((start.getTime() - s.clock.now().getTime()) / 60_000);
  });
  afterAll(() => s.end());

  const cancelAll = (by = tutor, reopen = false) =>
    s.get(GroupsService).cancel({ by, slotId: slot, reason: 'ill', reopen }, s.unnamed(by));
  const ask = (attendance: number, minutesBefore: number, by = tutor, slotId = slot) =>
    s.get(MinimumsService).ask(by, slotId, { attendance, minutesBefore });
  const seatsLeft = async () => (await s.listed(tutor)).map((listed) => listed.seatsLeft);

  it('shows at every moment how many seats are left', async () => {
    expect(await seatsLeft()).toEqual([4]);
    const first = await s.book(slot);
    expect(await seatsLeft()).toEqual([3]);
    const { hold } = await s.hold(s.person(), slot);
    expect(await seatsLeft()).toEqual([2]);
    await s.letGo(hold);
    expect(await seatsLeft()).toEqual([3]);
    await s.cancel(first.studentId, first.id);
    expect(await seatsLeft()).toEqual([4]);
    for (let seat = 1; seat <= 4; seat++) await s.book(slot);
    expect(await seatsLeft()).toEqual([]);
  });

  describe('that its tutor cancels', () => {
    it('is off for everyone, with all of the money back and nobody’s time taken', async () => {
      const bookings = [await s.book(slot), await s.book(slot), await s.book(slot)];
      const canceled = await cancelAll();
      expect(
        canceled.map(({ id, status, refundedCents, cancelCause }) => [id, status, refundedCents, cancelCause]),
      ).toEqual(bookings.map(({ id }) => [id, 'refunded', 2500, 'person']));
      for (const { studentId } of bookings) expect(await s.balance(studentId)).toBe(10_000);
      expect([await s.claims(slot), await s.status(slot), await seatsLeft()]).toEqual([[], 'closed', []]);
      const facts = (await s.statedOf(tutor)).filter(([name]) => name === 'BookingCanceled');
      expect(facts.map(([, { canceled_by, reason, refunded_cents }]) => [canceled_by, reason, refunded_cents])).toEqual(
        bookings.map(() => [tutor, 'ill', 2500]),
      );
    });

    it('lets go of what is held, so that nobody books what is off', async () => {
      await s.book(slot);
      const student = s.person();
      await s.grant(student, 5000);
      await s.hold(student, slot);
      await cancelAll();
      await expect(s.confirm(student, slot)).rejects.toThrow(HoldLapsed);
      await expect(s.hold(student, slot)).rejects.toThrow(SlotClosed);
      expect((await s.announced(slot)).filter((name) => name === 'SlotReleased')).toHaveLength(1);
    });

    it('is open for others at once where the tutor says so, and who holds a seat keeps it', async () => {
      await s.book(slot);
      const student = s.person();
      await s.grant(student, 5000);
      await s.hold(student, slot);
      expect(await cancelAll(tutor, true)).toHaveLength(1);
      expect((await s.confirm(student, slot)).booking.status).toBe('confirmed');
      expect(await seatsLeft()).toEqual([3]);
    });

    it('changes nothing when it is repeated, and opens again when the tutor says so later', async () => {
      await s.book(slot);
      await cancelAll();
      expect([await cancelAll(), await s.status(slot)]).toEqual([[], 'closed']);
      expect([await cancelAll(tutor, true), await s.status(slot), await seatsLeft()]).toEqual([[], 'open', [4]]);
    });

    it('takes lessons that are not paid for yet, without giving back what nobody paid', async () => {
      const booking = await s.book(slot);
      await s.source.query('delete from transfers where booking_id = $1', [booking.id]);
      await s.source.query('update balances set balance_cents = 10000 where person_id = $1', [booking.studentId]);
      await s.source.query("update bookings set status = 'pending_payment' where id = $1", [booking.id]);
      const [canceled] = await cancelAll();
      expect([canceled!.status, canceled!.refundedCents]).toEqual(['canceled', 0]);
      // What was never paid is not owed: the books of this story know the price only.
      await s.source.query('update bookings set price_cents = 0 where id = $1', [booking.id]);
    });

    it('is the tutor’s own, and has not started', async () => {
      const booking = await s.book(slot);
      await expect(cancelAll(booking.studentId)).rejects.toThrow(NotYourSlot);
      s.clock.advance(8 * DAY);
      await expect(cancelAll()).rejects.toThrow(SlotStarted);
    });
  });

  describe('with a minimum', () => {
    const aDayBefore = () => s.clock.advance(6 * DAY + 3 * 60);
    const decide = () => s.get(MinimumsService).decide();

    it('is off with full refunds when too few have booked by the time named', async () => {
      const bookings = [await s.book(slot), await s.book(slot)];
      expect((await ask(3, DAY)).decideAt).toEqual(new Date('2030-03-07T12:00:00Z'));
      s.clock.advance(6 * DAY + 3 * 60 - 1);
      expect(await decide()).toBe(0);
      s.clock.advance(1);
      expect(await decide()).toBe(1);
      for (const { id, studentId } of bookings) {
        expect(await s.row(id)).toMatchObject({ status: 'refunded', cancel_cause: 'minimum_attendance' });
        expect(await s.balance(studentId)).toBe(10_000);
        expect((await s.history(id))[1]).toEqual(['canceled', 'confirmed', 'canceled', null]);
      }
      const facts = (await s.statedOf(tutor)).filter(([name]) => name === 'BookingCanceled');
      expect(facts.map(([, { cause, reason }]) => [cause, reason])).toEqual(
        bookings.map(() => ['minimum_attendance', null]),
      );
      expect(await s.status(slot)).toBe('closed');
    });

    it('takes place when enough have booked, also if some leave after that', async () => {
      const [first] = [await s.book(slot), await s.book(slot)];
      await ask(2, DAY);
      aDayBefore();
      expect(await decide()).toBe(0);
      await s.cancel(first.studentId, first.id);
      expect(await decide()).toBe(0);
      expect(await s.status(slot)).toBe('open');
    });

    it('is decided again where the tutor asks again', async () => {
      await s.book(slot);
      await ask(1, DAY);
      aDayBefore();
      expect(await decide()).toBe(0);
      await ask(2, DAY / 2);
      s.clock.advance(DAY / 2);
      expect(await decide()).toBe(1);
    });

    it('is closed, so that nobody comes alone, when nobody has booked at all', async () => {
      await ask(2, DAY);
      await s.hold(s.person(), slot);
      aDayBefore();
      expect([await decide(), await s.status(slot)]).toEqual([1, 'closed']);
    });

    it('is decided by what the tutor asked last', async () => {
      await s.book(slot);
      await ask(3, DAY);
      await ask(1, DAY);
      aDayBefore();
      expect(await decide()).toBe(0);
    });

    it('takes place where nobody decided before it began', async () => {
      const booking = await s.book(slot);
      await ask(3, DAY);
      s.clock.advance(8 * DAY);
      expect(await decide()).toBe(0);
      expect(await s.row(booking.id)).toMatchObject({ status: 'confirmed' });
    });

    it('keeps nobody else waiting where one cannot be decided about', async () => {
      await ask(2, DAY);
      const others = [await s.teach({ starts: [START], capacity: 2 }), await s.teach({ starts: [START], capacity: 2 })];
      for (const other of others) await ask(2, DAY, other.tutor, other.slots[0]);
      const booking = await s.book(others[0]!.slots[0]!);
      await s.source.query("update bookings set payment_method = 'barter' where id = $1", [booking.id]);
      aDayBefore();
      const log = jest.spyOn(Logger.prototype, 'error').mockImplementation();
      expect(await s.get(MinimumsService).decide(1)).toBe(2);
      expect(log).toHaveBeenCalledTimes(1);
      log.mockRestore();
      await s.source.query("update bookings set payment_method = 'credit' where id = $1", [booking.id]);
      expect(await decide()).toBe(1);
    });

    it('is asked about each minute by one replica', async () => {
      await ask(2, DAY);
      aDayBefore();
      await rush(3, () => s.get(MinimumsCron).decide());
      expect(await s.status(slot)).toBe('closed');
      const [{ next_at: next }] = await s.source.query("select next_at from ticks where job = 'groups.decide'");
      expect(next).toEqual(new Date('2030-03-07T12:01:00Z'));
    });

    it('is the tutor’s to ask, within the seats and the time that there are', async () => {
      await expect(ask(2, DAY, s.person())).rejects.toThrow(NotYourSlot);
      await expect(ask(5, DAY)).rejects.toThrow(BeyondCapacity);
      await expect(ask(2, 8 * DAY)).rejects.toThrow(DecidedInThePast);
    });
  });
});
