import { rush } from '@scheduling/testing';
import { lesson } from './booking-says.ts';
import { instant, onDay, type Scenario, scenario, type Tutor } from './scenario.ts';

/** Every day from 9 to 11 o'clock in UTC. */
const DAILY = { ...onDay(4, 9, 11), is_recurring: true, rrule_string: 'FREQ=DAILY;COUNT=3', timezone: 'UTC' };
const MORE = { timezone: 'UTC', mode: 'extra', hours: [{ start: '15:00', end: '17:00' }] };
const at = (day: number, ...hours: number[]) => hours.map((hour) => instant(day, hour));

describe('what a tutor does otherwise on one date', () => {
  let s: Scenario;
  let tutor: Tutor;
  beforeAll(async () => {
    s = await scenario();
  });
  beforeEach(async () => {
    tutor = await s.tutor();
    await tutor.offer(DAILY);
  });
  afterAll(() => s.end());

  const starts = () => s.starts(tutor.id);

  it('is more hours than usual', async () => {
    const answer = await tutor.override('2030-03-05', MORE);
    expect(answer).toMatchObject({
      status: 200,
      body: {
        date: '2030-03-05',
        ...MORE,
        lesson_minutes: null,
        price_cents: null,
        capacity: null,
        slots: { count: 2, first_start_at: instant(5, 15), last_start_at: instant(5, 16) },
        conflicts: [],
      },
    });
    expect(await starts()).toEqual([...at(4, 9, 10), ...at(5, 9, 10, 15, 16), ...at(6, 9, 10)]);
  });

  it('is other hours, or a day off, and then as usual again', async () => {
    await tutor.override('2030-03-05', { ...MORE, mode: 'instead' });
    expect(await starts()).toEqual([...at(4, 9, 10), ...at(5, 15, 16), ...at(6, 9, 10)]);
    await tutor.override('2030-03-05', { timezone: 'UTC', mode: 'instead', hours: [] });
    expect(await starts()).toEqual([...at(4, 9, 10), ...at(6, 9, 10)]);
    expect(await tutor.forget('2030-03-05')).toMatchObject({ status: 204, text: '' });
    expect(await starts()).toEqual([...at(4, 9, 10), ...at(5, 9, 10), ...at(6, 9, 10)]);
    expect(await tutor.forget('2030-03-05')).toMatchObject({ status: 404, body: { code: 'override_not_found' } });
  });

  it('is there where nothing else is offered, and moves on at night', async () => {
    const other = await s.tutor();
    await other.override('2030-05-01', MORE);
    expect(await s.starts(other.id)).toEqual([]);
    s.clock.advance(8 * 24 * 60);
    await (await s.nightlyJob()).extend();
    expect(await s.starts(other.id)).toEqual(['2030-05-01T15:00:00.000Z', '2030-05-01T16:00:00.000Z']);
    s.clock.advance(-8 * 24 * 60);
  });

  it('has its own length, price and size', async () => {
    await tutor.override('2030-03-05', { ...MORE, lesson_minutes: 120, price_cents: 0, capacity: 20 });
    expect((await s.last(tutor.id)).openings[1]).toEqual({
      minutes: 120,
      price_cents: 0,
      capacity: 20,
      starts: at(5, 15),
    });
  });

  it('follows the clock and the date of the zone that is asked for, or that the settings name', async () => {
    const night = {
      mode: 'extra',
      hours: [
        { start: '00:00', end: '01:00' },
        { start: '23:00', end: '24:00' },
      ],
    };
    await tutor.override('2030-03-31', { ...night, timezone: 'Europe/Kyiv' });
    expect((await starts()).slice(-2)).toEqual(['2030-03-30T22:00:00.000Z', '2030-03-31T20:00:00.000Z']);
    await tutor.change({ timezone: 'America/New_York' });
    const { body } = await tutor.override('2030-03-31', night);
    expect(body.timezone).toBe('America/New_York');
    expect((await starts()).slice(-2)).toEqual(['2030-03-31T04:00:00.000Z', '2030-04-01T03:00:00.000Z']);
  });

  it('is shown, one or all, the soonest first, until the date is over', async () => {
    const [later, sooner] = [await tutor.override('2030-03-09', MORE), await tutor.override('2030-03-05', MORE)];
    const shown = ({ body: { slots: _, conflicts: __, ...override } }: typeof later) => override;
    expect((await tutor.overrides()).body).toEqual({ items: [shown(sooner), shown(later)], next_cursor: null });
    expect((await tutor.overrides('/2030-03-09')).body).toEqual(shown(later));
    expect(await tutor.overrides('/2030-03-10')).toMatchObject({ status: 404, body: { code: 'override_not_found' } });
    s.clock.advance(7 * 24 * 60);
    expect((await tutor.overrides()).body.items).toEqual([shown(later)]);
    s.clock.advance(-7 * 24 * 60);
  });

  it('is one thing for each date, whoever asks for it at once, and keeps its id', async () => {
    const { won } = await rush(5, (n) => tutor.override('2030-03-05', { ...MORE, capacity: n + 1 }));
    expect(new Set(won.map(({ body }) => body.override_id)).size).toBe(1);
    expect((await tutor.overrides()).body.items).toHaveLength(1);
  });

  it('names what it meets, or is refused by what it would be merged with', async () => {
    const booked = lesson(tutor.id, onDay(5, 16, 17));
    await s.hear(booked.confirmed());
    const off = await tutor.takeOff(onDay(5, 15, 16));
    const early = { ...MORE, hours: [{ start: '10:00', end: '12:00' }, ...MORE.hours] };
    const { body } = await tutor.override('2030-03-05', early);
    const [block] = (await tutor.blocks()).body.items;
    const daily = { kind: 'availability', id: block!.availability_id, ...onDay(5, 10, 11) };
    expect(body.conflicts).toEqual([
      daily,
      { kind: 'time_off', id: off.body.time_off_id, ...onDay(5, 15, 16) },
      { kind: 'booking', id: booked.id, ...onDay(5, 16, 17) },
    ]);
    expect(body.slots).toMatchObject({ count: 3, first_start_at: instant(5, 10), last_start_at: instant(5, 16) });

    const before = await s.everything();
    expect(await tutor.override('2030-03-05', { ...early, on_conflict: 'refuse' })).toMatchObject({
      status: 409,
      body: { code: 'availability_overlaps', conflicts: [daily] },
    });
    expect(await s.everything()).toEqual(before);
    expect(await tutor.override('2030-03-05', { ...early, mode: 'instead', on_conflict: 'refuse' })).toMatchObject({
      status: 200,
    });
  });

  it('is in the way of availability that comes later', async () => {
    const { body } = await tutor.override('2030-03-05', MORE);
    const later = { ...onDay(5, 14, 16), is_recurring: false };
    const named = { kind: 'availability', id: body.override_id, ...onDay(5, 15, 16) };
    expect((await tutor.offer({ ...later, on_conflict: 'refuse' })).body).toMatchObject({ conflicts: [named] });
    expect((await tutor.offer(later)).body.conflicts).toEqual([named]);
  });

  it('is nobody else’s', async () => {
    await tutor.override('2030-03-05', MORE);
    const other = await s.tutor();
    expect((await other.overrides()).body.items).toEqual([]);
    expect(await other.forget('2030-03-05')).toMatchObject({ status: 404 });
    expect((await tutor.overrides()).body.items).toHaveLength(1);
  });
});
