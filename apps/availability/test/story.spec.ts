import { API, instant, onDay, RULE, type Scenario, scenario, type Tutor } from './scenario.ts';

describe('the availability service', () => {
  let s: Scenario;
  let tutor: Tutor;
  beforeAll(async () => {
    s = await scenario();
  });
  beforeEach(async () => {
    tutor = await s.tutor();
  });
  afterAll(() => s.end());

  it('publishes all that a rule opens for eight weeks, with what booking must enforce', async () => {
    const answer = await tutor.offer();
    expect(answer).toMatchObject({
      status: 201,
      body: {
        tutor_id: tutor.id,
        start_at: instant(4, 14),
        end_at: instant(4, 15),
        is_recurring: true,
        rrule_string: RULE.rrule_string,
        timezone: 'Europe/Kyiv',
        slots: { count: 48, first_start_at: instant(4, 14), last_start_at: '2030-04-24T15:00:00.000Z' },
        conflicts: [],
      },
    });

    const [only, ...more] = await s.published(tutor.id);
    expect(more).toEqual([]);
    expect(only).toMatchObject({
      tutor_id: tutor.id,
      schedule_version: 1,
      from_at: '2030-03-01T09:00:00.000Z',
      terms: {
        timezone: 'Europe/Kyiv',
        currency: 'USD',
        buffer_before_minutes: 0,
        buffer_after_minutes: 0,
        minimum_notice_minutes: 120,
      },
      openings: [{ minutes: 60, price_cents: 2500, capacity: 1 }],
    });
    const { starts } = only!.openings[0]!;
    expect(starts).toHaveLength(48);
    expect(starts).toEqual(starts.toSorted());
    expect(starts.slice(0, 4)).toEqual([instant(4, 14), instant(4, 15), instant(4, 16), instant(6, 14)]);
  });

  it('publishes the whole set again at each change, under a version that rises', async () => {
    await tutor.offer();
    await tutor.offer({ ...onDay(5, 9, 11), is_recurring: false });
    await tutor.takeOff(onDay(4, 0, 24));
    const all = await s.published(tutor.id);
    expect(all.map(({ schedule_version: version }) => version)).toEqual([1, 2, 3]);
    expect(all.map(({ openings }) => openings[0]!.starts.length)).toEqual([48, 50, 47]);
  });

  it('cuts time that comes once into whole lessons', async () => {
    const answer = await tutor.offer({ ...onDay(5, 9, 12), end_at: '2030-03-05T11:59:00Z', is_recurring: false });
    expect(answer.body.slots).toEqual({ count: 2, first_start_at: instant(5, 9), last_start_at: instant(5, 10) });
    expect(await s.starts(tutor.id)).toEqual([instant(5, 9), instant(5, 10)]);
  });

  it('leaves out the starts that a tutor takes out of a rule', async () => {
    await tutor.offer({ ...RULE, exdates: ['2030-03-04T17:00:00+02:00'] });
    expect((await s.starts(tutor.id)).slice(0, 3)).toEqual([instant(4, 14), instant(4, 16), instant(6, 14)]);
  });

  it('takes the starts in time off away, and brings them back when it is deleted', async () => {
    await tutor.offer();
    const before = await s.starts(tutor.id);
    const { body } = await tutor.takeOff({ start_at: '2030-03-04T15:30:00Z', end_at: instant(4, 16) });
    expect(await s.starts(tutor.id)).toEqual(before.filter((at) => at !== instant(4, 15)));
    const once = { is_recurring: false, rrule_string: null, timezone: 'UTC', exdates: [] };
    expect((await tutor.timeOff()).body.items).toEqual([
      { time_off_id: body.time_off_id, start_at: '2030-03-04T15:30:00.000Z', end_at: instant(4, 16), ...once },
    ]);

    expect(await tutor.comeBack(body.time_off_id)).toMatchObject({ status: 204, text: '' });
    expect(await s.starts(tutor.id)).toEqual(before);
    expect((await tutor.timeOff()).body.items).toEqual([]);
  });

  it('wants nothing more of a block that is deleted', async () => {
    const { body } = await tutor.offer();
    const other = await tutor.offer({ ...onDay(5, 9, 10), is_recurring: false });
    expect((await tutor.blocks()).body.items).toHaveLength(2);

    expect(await tutor.withdraw(body.availability_id)).toMatchObject({ status: 204, text: '' });
    expect(await s.starts(tutor.id)).toEqual([instant(5, 9)]);
    await tutor.withdraw(other.body.availability_id);
    expect(await s.last(tutor.id)).toMatchObject({ schedule_version: 4, openings: [] });
    expect((await tutor.blocks()).body).toEqual({ items: [], next_cursor: null });
    expect(await tutor.withdraw(body.availability_id)).toMatchObject({ status: 404 });
  });

  it('publishes anew by changed settings, and keeps those that are not given', async () => {
    await tutor.offer({ ...onDay(5, 9, 12), is_recurring: false });
    const settings = { timezone: 'Europe/Kyiv', lesson_minutes: 45, price_cents: 3000, currency: 'EUR' };
    const enforced = { buffer_before_minutes: 5, buffer_after_minutes: 10, minimum_notice_minutes: 60 };
    const changed = await tutor.change({ ...settings, ...enforced });
    expect(changed).toMatchObject({ status: 200, body: { ...settings, ...enforced } });
    expect(await s.last(tutor.id)).toMatchObject({
      schedule_version: 2,
      terms: { timezone: 'Europe/Kyiv', currency: 'EUR', ...enforced },
      openings: [{ minutes: 45, price_cents: 3000 }],
    });
    expect(await s.starts(tutor.id)).toEqual([
      instant(5, 9),
      '2030-03-05T09:45:00.000Z',
      '2030-03-05T10:30:00.000Z',
      '2030-03-05T11:15:00.000Z',
    ]);

    await tutor.change({ timezone: 'Europe/London' });
    expect((await tutor.settings()).body).toMatchObject({ ...settings, ...enforced, timezone: 'Europe/London' });
  });

  it('shows the defaults to a tutor who has not said otherwise', async () => {
    const { body } = await (await s.tutor({ zone: 'Asia/Tokyo' })).settings();
    expect(body).toMatchObject({ timezone: 'Asia/Tokyo', lesson_minutes: 60, price_cents: 2500, currency: 'USD' });
  });

  it('keeps 16 o’clock in Kyiv when the clocks change', async () => {
    await tutor.offer({ ...RULE, rrule_string: 'FREQ=WEEKLY;BYDAY=MO' });
    const hours = (await s.starts(tutor.id)).map((at) => [at.slice(5, 10), at.slice(11, 16)]);
    const winter = ['03-04', '03-11', '03-18', '03-25'].map((day) => [day, '14:00']);
    const summer = ['04-01', '04-08', '04-15', '04-22'].map((day) => [day, '13:00']);
    expect(hours).toEqual([...winter, ...summer]);
  });

  it('says whose timezone a rule follows: the request’s, the settings’, the token’s, or none', async () => {
    const { timezone: _, ...unzoned } = RULE;
    const zoneOf = async (who: Tutor, body: unknown) => {
      const { timezone, timezone_source: source } = (await who.offer(body)).body;
      return `${timezone} by ${source}`;
    };
    const abroad = await s.tutor({ zone: 'Asia/Tokyo' });
    expect(await zoneOf(await s.tutor(), unzoned)).toBe('UTC by default');
    expect(await zoneOf(await s.tutor({ zone: '+05:30' }), unzoned)).toBe('UTC by default');
    expect(await zoneOf(abroad, unzoned)).toBe('Asia/Tokyo by token');
    await abroad.change({ timezone: 'America/New_York' });
    expect(await zoneOf(abroad, unzoned)).toBe('America/New_York by settings');
    expect(await zoneOf(abroad, RULE)).toBe('Europe/Kyiv by request');
  });

  it('does a request once for its Idempotency-Key, and answers alike', async () => {
    const key = { 'idempotency-key': 'b-1' };
    const [first, again] = [await tutor.offer(RULE, key), await tutor.offer(RULE, key)];
    expect(first.status).toBe(201);
    expect(again).toEqual(first);
    expect((await tutor.blocks()).body.items).toHaveLength(1);
    expect(await s.published(tutor.id)).toHaveLength(1);

    const off = { 'idempotency-key': 'o-1' };
    expect(await tutor.takeOff(onDay(4, 0, 24), off)).toEqual(await tutor.takeOff(onDay(4, 0, 24), off));
    expect((await tutor.timeOff()).body.items).toHaveLength(1);

    const other = { ...RULE, rrule_string: 'FREQ=DAILY' };
    expect(await tutor.offer(other, key)).toMatchObject({ status: 422, body: { code: 'idempotency_key_reused' } });
  });

  it('keeps each tutor’s blocks and time off from the others', async () => {
    const block = await tutor.offer();
    const off = await tutor.takeOff(onDay(4, 0, 24));
    const before = await s.everything();
    const other = await s.tutor();
    expect(await other.withdraw(block.body.availability_id)).toMatchObject({
      status: 404,
      body: { code: 'availability_not_found' },
    });
    expect(await other.comeBack(off.body.time_off_id)).toMatchObject({
      status: 404,
      body: { code: 'time_off_not_found' },
    });
    expect((await other.blocks()).body.items).toEqual([]);
    expect((await other.timeOff()).body.items).toEqual([]);
    expect(await s.everything()).toEqual(before);
    expect((await tutor.blocks()).body.items).toHaveLength(1);
  });

  it('describes itself', async () => {
    expect(await s.call('GET', '/openapi.json', {})).toMatchObject({ status: 200, body: { paths: { [API]: {} } } });
  });
});
