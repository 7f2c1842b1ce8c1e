import { type Asker, type Door, openDoor } from './lifecycle.http.ts';
import { FRIDAYS, type SeriesScenario, seriesScenario } from './series.scenario.ts';

const ANYTHING = '00000000-0000-4000-8000-000000000000';
const SERIES = '/bookings/series';
const LOOKED = { slot_id: ANYTHING, rule: 'weekly', count: 4, on_conflict: 'refuse' };
const ASKED = { ...LOOKED, payment_method: 'credit' };

describe('series over HTTP', () => {
  let s: SeriesScenario;
  let door: Door;
  beforeAll(async () => {
    s = await seriesScenario();
    door = await openDoor(s);
  });
  afterAll(async () => {
    await door.close();
    await s.end();
  });
  const student = (): Asker => ({ id: s.person(), roles: ['student'] });

  it('go from a preview to a cancellation', async () => {
    const { tutor, slot } = await s.teach();
    const ann = student();
    const asked = { ...ASKED, slot_id: slot, count: 2 };
    const preview = await door.call('POST', `${SERIES}/preview`, ann, { ...LOOKED, slot_id: slot, count: 2 });
    const date = { number: 1, start_at: FRIDAYS[0], outcome: 'available', code: null };
    expect(preview).toMatchObject({
      status: 200,
      body: { dates: [{ ...date, slot: { slot_id: slot, price_cents: 2500 } }, {}] },
    });

    const made = await door.call('POST', SERIES, ann, asked);
    expect(made).toMatchObject({
      status: 201,
      body: {
        student_id: ann.id,
        tutor_id: tutor,
        timezone: 'Europe/Kyiv',
        rule: 'weekly',
        on_conflict: 'refuse',
        payment_method: 'credit',
        dates: [
          { ...date, outcome: 'booked', booking: { slot_id: slot, status: 'pending_payment', start_at: FRIDAYS[0] } },
          { number: 2, start_at: FRIDAYS[1], outcome: 'booked' },
        ],
      },
    });
    const { series_id: id, dates } = made.body;
    expect(dates[0].booking.series_id).toBe(id);
    expect(await door.call('GET', `${SERIES}/${id}`, ann)).toEqual({ status: 200, body: made.body });
    expect(await door.call('GET', `${SERIES}/${id}`, { id: tutor, roles: ['tutor'] })).toEqual({
      status: 200,
      body: made.body,
    });

    const cancel = { scope: 'one', booking_id: dates[1].booking.booking_id, reason: 'a trip' };
    const canceled = await door.call('POST', `${SERIES}/${id}/cancel`, ann, cancel);
    expect(canceled).toMatchObject({ status: 200, body: { dates: [{}, { booking: { status: 'canceled' } }] } });
    expect(await door.call('GET', SERIES, ann)).toEqual({
      status: 200,
      body: { items: [canceled.body], next_cursor: null },
    });
  });

  it('are listed in pages, the newest first, on either side', async () => {
    const { tutor, slot } = await s.teach({ capacity: 5 });
    const all = [];
    for (let i = 0; i < 3; i++) all.unshift((await s.make(s.person(), slot, { ends: { count: 1 } })).series_id);
    const teacher: Asker = { id: tutor, roles: ['tutor'] };
    const first = await door.call('GET', `${SERIES}?limit=2`, teacher);
    expect(first.body.items.map((item: { series_id: string }) => item.series_id)).toEqual(all.slice(0, 2));
    const second = await door.call('GET', `${SERIES}?limit=2&cursor=${first.body.next_cursor}`, teacher);
    expect(second.body.items.map((item: { series_id: string }) => item.series_id)).toEqual(all.slice(2));
    expect(second.body.next_cursor).toBeNull();
    expect((await door.call('GET', SERIES, student())).body).toEqual({ items: [], next_cursor: null });
  });

  it.each<[string, object, string]>([
    ['an unknown rule', { rule: 'daily' }, 'rule'],
    ['more than 52 dates', { count: 53 }, 'count'],
    ['neither a number nor an end', { count: undefined }, 'count'],
    ['both a number and an end', { until: '2030-05-01T00:00:00Z' }, 'count'],
    ['an end that is none', { count: undefined, until: 'soon' }, 'until'],
    ['no word on conflicts', { on_conflict: undefined }, 'on_conflict'],
    ['an unknown way to pay', { payment_method: 'cash' }, 'payment_method'],
    ['a slot that is none', { slot_id: 'x' }, 'slot_id'],
  ])('refuse %s', async (_, change, field) => {
    const { status, body } = await door.call('POST', SERIES, student(), { ...ASKED, ...change });
    expect([status, Object.keys(body.fields ?? {})]).toEqual([400, [field]]);
  });

  it.each<[string, string, object | undefined, number, string]>([
    ['an unknown slot', `POST ${SERIES}`, ASKED, 404, 'slot_not_found'],
    ['an unknown series', `GET ${SERIES}/${ANYTHING}`, undefined, 404, 'series_not_found'],
    ['to cancel an unknown one', `POST ${SERIES}/${ANYTHING}/cancel`, { scope: 'all' }, 404, 'series_not_found'],
    ['to cancel one lesson unnamed', `POST ${SERIES}/${ANYTHING}/cancel`, { scope: 'one' }, 400, 'malformed_request'],
    ['to cancel who knows what', `POST ${SERIES}/${ANYTHING}/cancel`, { scope: 'half' }, 400, 'malformed_request'],
    ['an id that is none', `GET ${SERIES}/x`, undefined, 400, 'malformed_request'],
    ['a cursor that is none', `GET ${SERIES}?cursor=x`, undefined, 400, 'malformed_request'],
  ])('refuse %s', async (_, route, body, status, code) => {
    const [method, path] = route.split(' ');
    expect(await door.call(method!, path!, student(), body)).toMatchObject({ status, body: { code } });
  });

  it('refuse what cannot be had, with every date that stands in the way', async () => {
    const { slot } = await s.teach();
    await s.make(s.person(), slot, { ends: { count: 2 } });
    expect(await door.call('POST', SERIES, student(), { ...ASKED, slot_id: slot })).toMatchObject({
      status: 409,
      body: {
        code: 'series_conflict',
        conflicts: [
          { start_at: FRIDAYS[0], code: 'slot_booked' },
          { start_at: FRIDAYS[1], code: 'slot_booked' },
        ],
      },
    });
    const early = { ...ASKED, slot_id: slot, count: undefined, until: '2030-03-01T00:00:00Z' };
    expect(await door.call('POST', SERIES, student(), early)).toMatchObject({
      status: 422,
      body: { code: 'series_empty' },
    });
    const long = { ...LOOKED, slot_id: slot, count: undefined, until: '2040-01-01T00:00:00Z' };
    expect(await door.call('POST', `${SERIES}/preview`, student(), long)).toMatchObject({
      status: 422,
      body: { code: 'series_too_long', limit: 52 },
    });
  });

  it('are a student’s to make', async () => {
    const { slot } = await s.teach();
    const tutor: Asker = { id: s.person(), roles: ['tutor'] };
    expect((await door.call('POST', SERIES, tutor, { ...ASKED, slot_id: slot })).status).toBe(403);
    expect((await door.call('POST', `${SERIES}/preview`, tutor, { ...LOOKED, slot_id: slot })).status).toBe(403);
  });
});
