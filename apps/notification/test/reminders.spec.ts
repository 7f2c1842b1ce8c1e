import type { BookingConfirmed } from '@scheduling/contracts';
import {
  awaited,
  cancellation,
  completion,
  failure,
  held,
  lesson,
  link,
  move,
  noShow,
  released,
} from './booking-says.ts';
import { type LedgerRow, type Scenario, scenario } from './scenario.ts';

const HOUR = 3_600_000;
const NINE = Date.parse('2030-03-01T09:00:00Z');
/** So many hours after nine o'clock on 1 March 2030, when the stories begin. */
const after = (hours: number): string => new Date(NINE + hours * HOUR).toISOString();
/** A lesson that starts so many hours after nine. */
const ahead = (hours: number, more: Partial<BookingConfirmed> = {}) =>
  lesson({ start_at: after(hours), end_at: after(hours + 1), ...more });
/** When such a lesson is moved to so many hours after nine. */
const movedTo = (of: BookingConfirmed, hours: number, version: number) =>
  move(of, { version, start_at: after(hours), end_at: after(hours + 1) });

describe('a lesson’s reminders', () => {
  let s: Scenario;
  beforeAll(async () => {
    s = await scenario();
  });
  afterAll(() => s.end());

  const rows = async (of: BookingConfirmed, kind: string): Promise<(LedgerRow & { due_at: Date; channel: string })[]> =>
    (await s.wholeLedger(of.booking_id)).filter((row) => row.kind === kind) as never;

  it('are planned for both people as it is booked: a day and two hours before it', async () => {
    const booked = ahead(50);
    await s.confirm(booked);
    expect(await s.reminders(booked)).toEqual({ 'lesson_tomorrow planned': 2, 'lesson_soon planned': 2 });
    for (const row of await rows(booked, 'lesson_tomorrow')) expect(row.due_at).toEqual(new Date(after(26)));
    for (const row of await rows(booked, 'lesson_soon')) expect(row.due_at).toEqual(new Date(after(48)));
    expect((await rows(booked, 'lesson_soon')).map(({ message_id: id }) => id).toSorted()).toEqual(
      [booked.student_id, booked.tutor_id]
        .map((id) => `<lesson_soon.${booked.booking_id}.1.${id}@localhost.localdomain>`)
        .toSorted(),
    );
  });

  it.each([
    [1.5, 'skipped: its moment had passed', 'skipped: its moment had passed'],
    [2, 'skipped: its moment had passed', 'planned'],
    [23.9, 'skipped: its moment had passed', 'planned'],
    [25.9, 'skipped: its readers have just been told', 'planned'],
    [26, 'planned', 'planned'],
  ])('are, where it is booked %d hours ahead, %s, and %s', async (hours, tomorrow, soon) => {
    const booked = ahead(hours);
    await s.confirm(booked);
    const [first, second] = await Promise.all(
      ['lesson_tomorrow', 'lesson_soon'].map(async (kind) =>
        (await rows(booked, kind)).map(({ state, last_error: why }) => (why ? `${state}: ${why}` : state)),
      ),
    );
    expect([first, second]).toEqual([
      [tomorrow, tomorrow],
      [soon, soon],
    ]);
  });

  it('follow it when it moves, and end with it', async () => {
    const booked = ahead(50);
    await s.confirm(booked);
    await s.move(movedTo(booked, 99, 2));
    expect(await s.reminders(booked)).toEqual({
      'lesson_tomorrow revoked': 2,
      'lesson_soon revoked': 2,
      'lesson_tomorrow planned': 2,
      'lesson_soon planned': 2,
    });
    const due = (await rows(booked, 'lesson_soon')).filter(({ state }) => state === 'planned');
    expect(due.map((row) => row.due_at.toISOString())).toEqual([after(97), after(97)]);
    await s.cancel(cancellation(booked, { version: 3 }));
    expect(await s.reminders(booked)).toEqual({ 'lesson_tomorrow revoked': 4, 'lesson_soon revoked': 4 });
  });

  it('wait until it is paid for', async () => {
    const booked = ahead(50);
    await s.await(awaited(booked));
    await s.move(movedTo({ ...booked, status: 'pending_payment' }, 99, 2));
    expect(await s.reminders(booked)).toEqual({});
    await s.confirm(ahead(99, { ...booked, version: 3, start_at: after(99), end_at: after(100) }));
    expect(await s.reminders(booked)).toEqual({ 'lesson_tomorrow planned': 2, 'lesson_soon planned': 2 });
  });

  it('go on every way that is set up', async () => {
    const all = await scenario({ channels: ['sms', 'in_app', 'push'] });
    try {
      const booked = ahead(50);
      await all.confirm(booked);
      expect(await all.reminders(booked)).toEqual({ 'lesson_tomorrow planned': 6, 'lesson_soon planned': 8 });
    } finally {
      await all.end();
    }
  });

  describe('and whoever pays for one', () => {
    it('hear that their payment is awaited if it takes a minute', async () => {
      const booked = ahead(50);
      await s.await(awaited(booked));
      const [row, ...more] = await rows(booked, 'booking_pending_payment');
      expect([row!.recipient_id, row!.state, row!.due_at]).toEqual([
        booked.student_id,
        'planned',
        new Date(NINE + 60_000),
      ]);
      expect(more).toEqual([]);
    });

    it.each([
      ['it came', (of: BookingConfirmed) => s.confirm({ ...of, version: 2 }), 'confirmed planned'],
      ['it was refused', (of: BookingConfirmed) => s.fail(failure(of)), 'payment_failed planned'],
      ['the lesson is off', (of: BookingConfirmed) => s.cancel(cancellation(of)), 'canceled planned'],
    ])('hear nothing of it once %s', async (_, say, said) => {
      const [booked, late] = [ahead(50), ahead(50)];
      await s.await(awaited(booked));
      await say(booked);
      expect(await s.states(booked)).toMatchObject({ 'pending_payment revoked': 1 });
      expect(await s.states(booked)).toHaveProperty([said]);
      if (said === 'payment_failed planned') return;
      await say(late);
      await s.await(awaited(late));
      const [row] = await rows(late, 'booking_pending_payment');
      expect(['skipped', 'revoked']).toContain(row!.state);
    });

    it('hear nothing of a lesson of a series, which is paid for by itself', async () => {
      const booked = ahead(50);
      await s.await(awaited(booked, { series_id: booked.booking_id as never }));
      expect(await s.states(booked)).toEqual({});
    });
  });

  it('are not followed by thanks for a lesson to which somebody did not come', async () => {
    const booked = ahead(-1);
    await s.complete(completion(booked));
    expect(await s.states(booked)).toEqual({ 'completed planned': 2 });
    await s.miss(noShow(booked));
    expect(await s.states(booked)).toEqual({ 'completed revoked': 2, 'no_show planned': 2 });
  });
});

describe('when a lesson’s reminders are due, they', () => {
  let s: Scenario;
  beforeEach(async () => {
    s = await scenario();
  });
  afterEach(() => s.end());

  /** What is handed to a worker at so many hours after nine, by kind with its link. */
  const taken = async (hours: number): Promise<string[]> => {
    s.clock.advance((NINE + hours * HOUR - s.clock.now().getTime()) / 60_000);
    const deliveries = await s.worker().take(100);
    return deliveries.map(({ message: { news } }) => ('join_link' in news.event ? news.event.join_link : news.kind));
  };

  it('lead to where the lesson takes place by then', async () => {
    const booked = ahead(50);
    await s.meetBoth(booked);
    await s.confirm(booked);
    await s.link(link(booked));
    await s.work(s.worker());
    expect(await taken(25.9)).toEqual([]);
    expect(await taken(26)).toEqual(['https://meet.example.org/better', 'https://meet.example.org/better']);
  });

  it.each([
    [38, ['lesson_tomorrow skipped', 'lesson_soon planned']],
    [50, ['lesson_tomorrow skipped', 'lesson_soon skipped']],
  ])('are late where nobody could send them for %d hours: %j', async (hours, states) => {
    const booked = ahead(50);
    await s.meetBoth(booked);
    await s.confirm(booked);
    await s.work(s.worker());
    expect(await taken(hours)).toEqual([]);
    expect(await s.reminders(booked)).toEqual({ [states[0]!]: 2, [states[1]!]: 2 });
  });

  it.each([
    ['is over', (of: BookingConfirmed) => s.complete(completion(of))],
    ['is canceled', (of: BookingConfirmed) => s.cancel(cancellation(of))],
    ['has moved, as its new link tells already', (of: BookingConfirmed) => s.link(link(movedTo(of, 99, 2)))],
  ])('are not sent where the lesson %s', async (_, say) => {
    const booked = ahead(50);
    await s.meetBoth(booked);
    await s.confirm(booked);
    await say(booked);
    await taken(48);
    expect(await s.reminders(booked)).toEqual({ 'lesson_tomorrow revoked': 2, 'lesson_soon revoked': 2 });
  });
});

describe('a hold', () => {
  let s: Scenario;
  beforeAll(async () => {
    s = await scenario({ channels: ['in_app'] });
  });
  afterAll(() => s.end());

  const hints = async (of: BookingConfirmed) =>
    ((await s.wholeLedger(of.booking_id)) as (LedgerRow & { due_at: Date })[])
      .filter(({ kind }) => kind === 'hold_expiring')
      .map(({ state, due_at: at }) => `${state} ${at.toISOString().slice(11, 16)}`);

  it('is hinted at two minutes before its end', async () => {
    const booked = lesson();
    await s.hold(held(booked));
    await s.hold(held(booked));
    expect(await hints(booked)).toEqual(['planned 09:08']);
  });

  it.each([
    ['lasts three minutes at most', { expires_at: '2030-03-01T09:03:00.000Z' }],
    ['is an offer to somebody who waited', { kind: 'waitlist' }],
    ['is of a series', { kind: 'series' }],
  ])('is not hinted at where it %s', async (_, more) => {
    const booked = lesson();
    await s.hold(held(booked, more));
    expect(await hints(booked)).toEqual([]);
  });

  it.each([
    ['has ended', (of: BookingConfirmed) => s.release(released(held(of)))],
    ['is booked', (of: BookingConfirmed) => s.confirm(of)],
    ['waits for its payment', (of: BookingConfirmed) => s.await(awaited(of))],
  ])('is not hinted at any more once it %s', async (_, say) => {
    const booked = lesson();
    await s.hold(held(booked));
    await say(booked);
    expect(await hints(booked)).toEqual(['revoked 09:08']);
  });

  it('is not hinted at where the booking was told of first', async () => {
    const booked = lesson();
    await s.confirm(booked);
    await s.hold(held(booked));
    expect(await hints(booked)).toEqual([]);
  });
});
