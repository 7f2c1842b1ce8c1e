import { hoursOf as at, instant, MONDAYS, onDay, type Scenario, scenario, type Tutor } from './scenario.ts';

const once = (day: number, from: number, until: number) => ({ ...onDay(day, from, until), is_recurring: false });

describe('availability that a tutor changes', () => {
  let s: Scenario;
  let tutor: Tutor;
  let mondays: string;
  beforeAll(async () => {
    s = await scenario();
  });
  beforeEach(async () => {
    tutor = await s.tutor();
    mondays = (await tutor.offer(MONDAYS)).body.availability_id;
  });
  afterAll(() => s.end());

  const starts = () => s.starts(tutor.id);
  const [first, second, third, fourth] = [at(4, 14, 15), at(11, 14, 15), at(18, 14, 15), at(25, 14, 15)];

  it('is shown as it was entered, one or all', async () => {
    const own = {
      lesson_minutes: 30,
      price_cents: 0,
      capacity: 8,
      rdates: [instant(6, 9)],
      exdates: [instant(11, 14)],
    };
    s.clock.advance(1);
    const { body } = await tutor.offer({ ...MONDAYS, ...own });
    const shown = {
      availability_id: body.availability_id,
      tutor_id: tutor.id,
      ...onDay(4, 14, 16),
      is_recurring: true,
      rrule_string: 'FREQ=WEEKLY;COUNT=4',
      timezone: 'Europe/Kyiv',
      timezone_source: 'request',
      ...own,
      version: 1,
    };
    expect(await tutor.block(body.availability_id)).toMatchObject({ status: 200, body: shown });
    expect((await tutor.blocks()).body.items).toEqual([
      {
        ...shown,
        availability_id: mondays,
        lesson_minutes: null,
        price_cents: null,
        capacity: null,
        rdates: [],
        exdates: [],
      },
      shown,
    ]);
    expect(body).toMatchObject({ slots: { count: 16, first_start_at: instant(4, 14) } });
  });

  it('gives lessons of its own length, price and size', async () => {
    await tutor.edit(mondays, { lesson_minutes: 120, price_cents: 900, capacity: 6 });
    expect((await s.last(tutor.id)).openings).toEqual([
      { minutes: 120, price_cents: 900, capacity: 6, starts: [first[0], second[0], third[0], fourth[0]] },
    ]);
    await tutor.edit(mondays, { lesson_minutes: null, price_cents: null });
    expect((await s.last(tutor.id)).openings).toEqual([
      { minutes: 60, price_cents: 2500, capacity: 6, starts: [...first, ...second, ...third, ...fourth] },
    ]);
  });

  it('has starts besides those of its rule, which are no more than it', async () => {
    await tutor.edit(mondays, { rdates: [instant(5, 9), instant(11, 14)] });
    expect(await starts()).toEqual([...first, ...at(5, 9, 10), ...second, ...third, ...fourth]);
  });

  describe('as a whole', () => {
    it('moves, its end and its exceptions with it, on the clock of its zone', async () => {
      await tutor.edit(mondays, { exdates: [instant(11, 14)], rrule_string: 'FREQ=WEEKLY;COUNT=5' });
      expect(await starts()).toEqual([
        ...first,
        ...third,
        ...fourth,
        '2030-04-01T13:00:00.000Z',
        '2030-04-01T14:00:00.000Z',
      ]);
      const { status, body } = await tutor.edit(mondays, { start_at: '2030-03-04T10:00:00+02:00' });
      expect({ status, body }).toMatchObject({
        status: 200,
        body: { availability_id: mondays, ...onDay(4, 8, 10), exdates: [instant(11, 8)], slots: { count: 8 } },
      });
      expect((await starts()).slice(0, 4)).toEqual([...at(4, 8, 9), ...at(18, 8, 9)]);
    });

    it('gets another end, rule or zone', async () => {
      await tutor.edit(mondays, { end_at: '2030-03-04T17:00:00+02:00' });
      expect(await starts()).toEqual([first[0], second[0], third[0], fourth[0]]);
      await tutor.edit(mondays, { rrule_string: 'FREQ=DAILY;COUNT=2' });
      expect(await starts()).toEqual([instant(4, 14), instant(5, 14)]);
      await tutor.edit(mondays, { rrule_string: 'FREQ=MONTHLY;COUNT=2', timezone: 'UTC' });
      expect(await starts()).toEqual([instant(4, 14), '2030-04-04T14:00:00.000Z']);
      expect((await tutor.block(mondays)).body).toMatchObject({ timezone: 'UTC', timezone_source: 'request' });
    });

    it('comes once from now on, or again', async () => {
      await tutor.edit(mondays, { rrule_string: null });
      expect(await starts()).toEqual(first);
      expect((await tutor.block(mondays)).body).toMatchObject({ is_recurring: false, rrule_string: null });
      await tutor.edit(mondays, { rrule_string: 'FREQ=DAILY;COUNT=2' });
      expect(await starts()).toEqual([...first, ...at(5, 14, 15)]);
    });

    it('is changed though it began over a year ago', async () => {
      s.clock.advance(400 * 24 * 60);
      await tutor.edit(mondays, { rrule_string: 'FREQ=WEEKLY' });
      expect(await tutor.edit(mondays, { price_cents: 1 })).toMatchObject({ status: 200, body: onDay(4, 14, 16) });
      s.clock.advance(-400 * 24 * 60);
    });
  });

  it('stays as it was where the change is refused', async () => {
    const other = await tutor.offer(once(18, 8, 9));
    const before = await s.everything();
    const asked = { scope: 'following', occurrence_at: third[0], start_at: instant(18, 8), on_conflict: 'refuse' };
    expect(await tutor.edit(mondays, asked)).toMatchObject({
      status: 409,
      body: {
        code: 'availability_overlaps',
        conflicts: [{ kind: 'availability', id: other.body.availability_id, ...onDay(18, 8, 9) }],
      },
    });
    expect(await s.everything()).toEqual(before);
    expect((await tutor.block(mondays)).body).toMatchObject({ rrule_string: 'FREQ=WEEKLY;COUNT=4' });
    expect(await starts()).toEqual([...first, ...second, ...at(18, 8), ...third, ...fourth]);
  });

  it('is not in its own way, but what was cut off it is', async () => {
    const wider = { end_at: '2030-03-04T19:00:00+02:00', on_conflict: 'refuse' };
    expect(await tutor.edit(mondays, wider)).toMatchObject({ status: 200, body: { conflicts: [] } });
    const asked = { scope: 'one', occurrence_at: second[0], start_at: third[0], on_conflict: 'refuse' };
    expect(await tutor.edit(mondays, asked)).toMatchObject({
      status: 409,
      body: { conflicts: [{ id: mondays }, {}, {}] },
    });
  });

  it('is nobody else’s to see or to change', async () => {
    const before = await s.everything();
    const other = await s.tutor();
    const missing = { status: 404, body: { code: 'availability_not_found' } };
    expect(await other.block(mondays)).toMatchObject(missing);
    expect(await other.edit(mondays, { price_cents: 1 })).toMatchObject(missing);
    expect(await other.withdraw(mondays, `?scope=one&occurrence_at=${first[0]}`)).toMatchObject(missing);
    expect(await s.everything()).toEqual(before);
  });

  it('is not listed any more when it is over, and makes room', async () => {
    await tutor.offer(once(5, 9, 10));
    await tutor.offer({ ...MONDAYS, rrule_string: 'FREQ=WEEKLY;UNTIL=20300311T140000Z' });
    await tutor.offer({ ...MONDAYS, rrule_string: 'FREQ=WEEKLY' });
    s.clock.advance(10 * 24 * 60); // 11 March, 09:00
    expect((await tutor.blocks()).body.items).toHaveLength(3);
    s.clock.advance(7 * 60); // 16:00, when the second and last of the rule is over
    expect((await tutor.blocks()).body.items).toHaveLength(2);
    s.clock.advance(15 * 24 * 60);
    expect((await tutor.blocks()).body.items).toHaveLength(1);
    s.clock.advance(-25 * 24 * 60 - 7 * 60);
  });
});
