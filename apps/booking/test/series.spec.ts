import { NotEnoughCredit } from '../src/credits/credits.errors.ts';
import { OwnSlot } from '../src/holds/holds.errors.ts';
import { SavedMethodNeeded, SeriesConflict } from '../src/series/series.errors.ts';
import { FRIDAYS, type SeriesScenario, seriesScenario } from './series.scenario.ts';

describe('a series', () => {
  let s: SeriesScenario;
  beforeEach(async () => (s = await seriesScenario()));
  afterEach(() => s.end());

  it('books every date at one time of day, to be paid for later', async () => {
    const { slot } = await s.teach();
    const student = s.person();
    const made = await s.make(student, slot, { ends: { count: 6 } });
    expect(made).toMatchObject({ student_id: student, timezone: 'Europe/Kyiv', rule: 'weekly', price_cents: 2500 });
    expect(made.dates.map(({ start_at, booking }) => [start_at, booking?.start_at, booking?.status])).toEqual(
      FRIDAYS.slice(0, 6).map((start) => [start, start, 'pending_payment']),
    );
    expect(await s.claims(slot)).toEqual([
      { seat: 0, expires_at: null },
      { seat: 1, expires_at: null },
    ]);
    expect(await s.status(slot)).toBe('booked');
    expect(await s.announced(slot)).toEqual(['SlotHeld', 'BookingPendingPayment']);
    expect(await s.balance(student)).toBe(0);
    expect(await s.find(student, made.series_id)).toEqual(made);
  });

  it('is no hoarding: the limits of holds do not count it', async () => {
    const { tutor, slot } = await s.teach();
    const student = s.person();
    await s.make(student, slot, { ends: { count: 5 } });
    const [, , , , , sixth] = await s.slotsOf(tutor);
    expect(await s.hold(student, sixth!)).toMatchObject({ isRepeated: false });
  });

  it('takes over what the student holds of it, at the price of then', async () => {
    const { tutor, slot } = await s.teach();
    const student = s.person();
    const { hold } = await s.hold(student, slot);
    await s.teach({ tutor, price: 9900 });
    const made = await s.make(student, slot, { ends: { count: 2 } });
    expect(made.dates.map(({ booking }) => booking!.price_cents)).toEqual([2500, 9900]);
    expect(made.dates[0]!.booking!.booking_id).toBe(hold.id);
    expect(await s.taken(slot)).toEqual(['pending_payment']);
  });

  it('lets go of what ran out in its way', async () => {
    const { tutor, slot } = await s.teach();
    const student = s.person();
    const elsewhere = await s.slot({ starts: [FRIDAYS[1]!] });
    await s.hold(s.person(), slot);
    await s.hold(student, elsewhere);
    s.clock.advance(10);
    expect(await s.outcomes(await s.make(student, slot, { ends: { count: 2 } }))).toEqual([
      'pending_payment',
      'pending_payment',
    ]);
    expect(await s.announced(slot)).toEqual(['SlotHeld', 'SlotReleased', 'SlotHeld', 'BookingPendingPayment']);
    expect(await s.announced(elsewhere)).toEqual(['SlotHeld', 'SlotReleased']);
    expect(await s.statedOf(tutor)).not.toEqual([]);
  });

  it('answers a repeated request with the same series', async () => {
    const { slot } = await s.teach();
    const student = s.person();
    const request = { personId: student, key: 'k', content: 'the same' };
    const wish = { slotId: slot, rule: 'weekly', ends: { count: 3 }, onConflict: 'refuse' } as const;
    const first = await s.making.make(student, wish, 'credit', request);
    expect(await s.making.make(student, wish, 'credit', request)).toEqual(first);
  });

  it('is refused with oneself, and by card without a saved method', async () => {
    const { tutor, slot } = await s.teach();
    await expect(s.make(tutor, slot)).rejects.toThrow(OwnSlot);
    await expect(s.preview(tutor, slot)).rejects.toThrow(OwnSlot);
    await expect(s.make(s.person(), slot, { payment: 'stripe' })).rejects.toThrow(SavedMethodNeeded);
  });

  describe('of which a lesson starts within three days', () => {
    it('is paid for that lesson at once', async () => {
      const { tutor, slot } = await s.teach({ starts: ['2030-03-01T12:00:00.000Z', ...FRIDAYS] });
      const student = s.person();
      await s.grant(student, 2500);
      expect(await s.outcomes(await s.make(student, slot, { ends: { count: 2 } }))).toEqual([
        'confirmed',
        'pending_payment',
      ]);
      expect(await s.balance(student)).toBe(0);
      expect(await s.announced(slot)).toEqual(['SlotHeld', 'BookingPendingPayment', 'BookingConfirmed']);
      expect(await s.announced((await s.slotsOf(tutor))[1]!)).toEqual(['SlotHeld', 'BookingPendingPayment']);
    });

    it('is nothing at all without the money', async () => {
      const { tutor, slot } = await s.teach({ starts: ['2030-03-01T12:00:00.000Z', ...FRIDAYS] });
      await expect(s.make(s.person(), slot)).rejects.toThrow(NotEnoughCredit);
      for (const each of await s.slotsOf(tutor)) expect(await s.status(each)).toBe('open');
      expect(await s.source.query('select * from series')).toEqual([]);
    });
  });

  describe('with dates that cannot be had', () => {
    /** A tutor whose second Friday is booked, whose third starts within no notice, and the fifth is not offered. */
    const taken = async () => {
      const starts = [
        ...FRIDAYS.slice(0, 4),
        '2030-03-15T15:00:00.000Z',
        '2030-03-15T10:00:00.000Z',
        ...FRIDAYS.slice(5),
      ];
      const { tutor, slot } = await s.teach({ starts });
      const [, , second] = await s.slotsOf(tutor);
      await s.book(second!);
      return { tutor, slot };
    };

    it('says in a preview what could be had, and sets nothing aside', async () => {
      const { tutor, slot } = await taken();
      const student = s.person();
      const asked = { ends: { count: 9 } };
      const expected = ['available', 'conflict: slot_booked', 'available', 'available', 'conflict: not_offered'];
      const later = ['available', 'available', 'conflict: not_offered', 'beyond_horizon'];
      expect(await s.preview(student, slot, asked)).toEqual([...expected, ...later]);
      expect(await s.preview(student, slot, { ...asked, onConflict: 'nearest' })).toEqual([
        'available',
        'nearest: slot_booked',
        ...expected.slice(2),
        ...later,
      ]);
      expect(await s.listed(tutor)).toHaveLength(7);
    });

    it('is refused, and says which they are', async () => {
      const { tutor, slot } = await taken();
      const refused = s.make(s.person(), slot, { ends: { count: 5 } });
      await expect(refused).rejects.toThrow(SeriesConflict);
      await expect(refused).rejects.toMatchObject({
        facts: {
          conflicts: [
            { start_at: FRIDAYS[1], code: 'slot_booked' },
            { start_at: FRIDAYS[4], code: 'not_offered' },
          ],
        },
      });
      expect(await s.listed(tutor)).toHaveLength(7);
    });

    it('leaves them out if asked to', async () => {
      const { slot } = await taken();
      const made = await s.make(s.person(), slot, { ends: { count: 5 }, onConflict: 'skip' });
      expect(await s.outcomes(made)).toEqual([
        'pending_payment',
        'skipped: slot_booked',
        'pending_payment',
        'pending_payment',
        'skipped: not_offered',
      ]);
    });

    it('takes the nearest slot within a day if asked to', async () => {
      const { slot } = await taken();
      const made = await s.make(s.person(), slot, { ends: { count: 5 }, onConflict: 'nearest' });
      expect(made.dates.map(({ outcome, code, booking }) => [outcome, code, booking?.start_at])).toEqual([
        ['booked', null, FRIDAYS[0]],
        ['booked', 'slot_booked', '2030-03-15T10:00:00.000Z'],
        ['booked', null, FRIDAYS[2]],
        ['booked', null, FRIDAYS[3]],
        ['skipped', 'not_offered', undefined],
      ]);
    });

    it('is refused where nothing is left, whatever was asked for', async () => {
      const { tutor, slot } = await s.teach({ starts: FRIDAYS.slice(0, 1) });
      await s.book(slot);
      await expect(s.make(s.person(), slot, { onConflict: 'skip', ends: { count: 2 } })).rejects.toThrow(
        SeriesConflict,
      );
      expect(await s.listed(tutor)).toEqual([]);
    });
  });

  describe('asks of each date what a hold would', () => {
    it('such as whether the student has the time', async () => {
      const { slot } = await s.teach();
      const student = s.person();
      await s.book(await s.slot({ starts: ['2030-03-15T12:30:00.000Z'] }), student);
      expect(await s.preview(student, slot, { ends: { count: 3 } })).toEqual([
        'available',
        'conflict: student_busy',
        'available',
      ]);
    });

    it('such as whether its tutor has, with what they need in between', async () => {
      const starts = [...FRIDAYS, '2030-03-22T10:30:00.000Z'];
      const { tutor, slot } = await s.teach({ starts, terms: { buffer_before_minutes: 45 } });
      await s.book((await s.slotsOf(tutor))[2]!);
      expect(await s.preview(s.person(), slot, { ends: { count: 3 } })).toEqual([
        'available',
        'available',
        'conflict: tutor_busy',
      ]);
    });

    it('such as the notice and the size of the slot', async () => {
      const { tutor, slot } = await s.teach({ capacity: 2, terms: { minimum_notice_minutes: 8 * 24 * 60 } });
      const [, second] = await s.slotsOf(tutor);
      await s.book(second!);
      expect(await s.preview(s.person(), slot, { ends: { count: 2 } })).toEqual(['conflict: too_soon', 'available']);
    });

    it('such as how much the tutor wants to teach, its own dates before counted in', async () => {
      const starts = [...FRIDAYS, '2030-03-16T12:00:00.000Z', '2030-03-21T12:00:00.000Z'];
      const { tutor, slot } = await s.teach({ starts, terms: { maximum_lessons_per_week: 1 } });
      const ofWeek = (await s.slotsOf(tutor))[2]!;
      await s.book(ofWeek);
      expect(await s.preview(s.person(), slot, { ends: { count: 3 }, onConflict: 'nearest' })).toEqual([
        'available',
        'conflict: week_full',
        'available',
      ]);
    });

    it('such as whether somebody waits for it', async () => {
      const { tutor, slot } = await s.teach({ capacity: 1 });
      await s.source.query(
        `insert into waitlist (id, tutor_id, student_id, starts, status, joined_at, expires_at)
         values (gen_random_uuid(), $1, gen_random_uuid(), tstzrange($2, $2, '[]'), 'waiting', now(), $2)`,
        [tutor, FRIDAYS[1]],
      );
      expect(await s.preview(s.person(), slot, { ends: { count: 2 } })).toEqual(['available', 'conflict: slot_held']);
    });
  });
});
