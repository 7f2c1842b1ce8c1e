import { newId, type PersonId, type Role, type SlotId } from '@scheduling/domain';
import { FROZEN_CLOCK } from '@scheduling/persistence';
import { readConfig, run, type RunningService } from '@scheduling/service-kit';
import { type TestIssuer, testIssuer } from '@scheduling/testing';
import { BookingConfig } from '../src/config.ts';
import { service } from '../src/service.ts';
import { type Scenario, scenario } from './scenario.ts';

const API = '/api/v1/scheduling';

/** What the tests read of answers, whichever it is. */
interface Answer {
  readonly items: { readonly start_at: string }[];
  readonly next_cursor: string | null;
  readonly hold_id: string;
  readonly booking_id: string;
  readonly code: string;
}

interface Request {
  readonly method: string;
  readonly path: string;
  readonly body?: unknown;
}
/** Status, code, and the field that the answer names. */
type Refused = [status: number, code: string, field?: string];

const anyone = '00000000-0000-4000-8000-000000000000';
const post = (path: string, body: unknown): Request => ({ method: 'POST', path, body });
const get = (path: string): Request => ({ method: 'GET', path });
const search = (query: string): Request => get(`/availability/${anyone}/slots?${query}`);
const malformed = (field?: string): Refused =>
  field === undefined ? [400, 'malformed_request'] : [400, 'malformed_request', field];

describe('the booking service over HTTP', () => {
  let s: Scenario;
  let issuer: TestIssuer;
  let running: RunningService;
  beforeAll(async () => {
    [s, issuer] = await Promise.all([scenario(), testIssuer()]);
    const env = { PORT: '0', HOST: '127.0.0.1', DATABASE_URL: s.url, AUTH_ISSUER: issuer.url, LOG_LEVEL: 'error' };
    running = await run(service, readConfig(BookingConfig, env), [{ provide: FROZEN_CLOCK, useValue: s.clock }]);
  });
  afterAll(async () => {
    await running.close();
    await issuer.close();
    await s.end();
  });

  const call = async (
    method: string,
    path: string,
    token: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ) => {
    const answer = await fetch(running.url + path, {
      method,
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json', ...headers },
      ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    return { status: answer.status, type: answer.headers.get('content-type'), body: (await answer.json()) as Answer };
  };
  const student = (id = newId<PersonId>()) => issuer.token({ id });
  const withRoles = (...roles: Role[]) => issuer.token({ roles });
  const hold = async (slot_id: SlotId, token: string) => call('POST', `${API}/booking/hold`, token, { slot_id });

  it('carries a lesson from the list to a booking and back', async () => {
    const tutor = s.person();
    const start = '2030-03-08T14:00:00.000Z';
    const slot = await s.slot({ tutor, starts: [start] });
    const me = newId<PersonId>();
    const token = await student(me);

    const list = await call(
      'GET',
      `${API}/availability/${tutor}/slots?end_date=2030-03-09&timezone=America/New_York`,
      token,
    );
    expect(list).toMatchObject({ status: 200, body: { timezone: 'America/New_York', next_cursor: null } });
    expect(list.body.items).toEqual([
      {
        slot_id: slot,
        tutor_id: tutor,
        start_at: start,
        end_at: '2030-03-08T15:00:00.000Z',
        local_start_at: '2030-03-08T09:00:00-05:00',
        local_end_at: '2030-03-08T10:00:00-05:00',
        local_abbreviation: 'EST',
        price_cents: 2500,
        currency: 'USD',
        seats_left: 1,
      },
    ]);

    const held = await hold(slot, token);
    expect(held).toMatchObject({
      status: 201,
      body: { slot_id: slot, seat: 1, expires_at: '2030-03-01T09:10:00.000Z', price_cents: 2500, currency: 'USD' },
    });
    expect(await hold(slot, token)).toEqual({ ...held, status: 200 });
    expect(await hold(slot, await student())).toMatchObject({
      status: 409,
      body: { code: 'slot_held', slot_id: slot },
    });

    const grant = { user_id: me, amount_cents: 5000, currency: 'USD', reason: 'welcome' };
    const granted = await call('POST', `${API}/credits/grants`, await withRoles('admin'), grant);
    expect(granted).toMatchObject({ status: 201, body: { balance_cents: 5000, currency: 'USD' } });

    const confirm = { slot_id: slot, payment_method: 'credit' };
    const booked = await call('POST', `${API}/booking/confirm`, token, confirm);
    expect(booked).toMatchObject({
      status: 201,
      body: { booking_id: held.body.hold_id, status: 'confirmed', version: 1 },
    });
    expect(await call('POST', `${API}/booking/confirm`, token, confirm)).toEqual({ ...booked, status: 200 });
    expect((await call('GET', `${API}/bookings?status=confirmed`, token)).body.items).toEqual([booked.body]);

    const canceled = await call('POST', `${API}/bookings/${booked.body.booking_id}/cancel`, token, { reason: 'ill' });
    expect(canceled).toMatchObject({ status: 200, body: { status: 'refunded', version: 2, refunded_cents: 2500 } });
    expect((await call('GET', `${API}/credits`, token)).body).toEqual({ balance_cents: 5000, currency: 'USD' });
  });

  it('lists the policies that a tutor can choose, to anyone who is signed in', async () => {
    const list = await call('GET', `${API}/booking/policies`, await withRoles('tutor'));
    const id = expect.stringMatching(/^[\da-f-]{36}$/);
    expect(list).toMatchObject({ status: 200, body: { next_cursor: null } });
    expect(list.body.items).toMatchObject([
      { cancellation_policy_id: id, name: 'flexible', full_refund_until_minutes: 720, is_default: false },
      { cancellation_policy_id: id, name: 'standard', full_refund_until_minutes: 1440, is_default: true },
      { cancellation_policy_id: id, name: 'strict', full_refund_until_minutes: 2880, is_default: false },
    ]);
    expect((await call('GET', `${API}/booking/policies`, '')).status).toBe(401);
  });

  it('gives a grant once for its Idempotency-Key', async () => {
    const grant = { user_id: s.person(), amount_cents: 100, currency: 'USD', reason: 'x' };
    const admin = await withRoles('admin');
    const give = (body: object) => call('POST', `${API}/credits/grants`, admin, body, { 'idempotency-key': 'g-1' });
    expect(await give(grant)).toMatchObject({ status: 201, body: { balance_cents: 100 } });
    expect(await give(grant)).toMatchObject({ status: 201, body: { balance_cents: 100 } });
    expect(await give({ ...grant, amount_cents: 5 })).toMatchObject({
      status: 422,
      body: { code: 'idempotency_key_reused' },
    });
  });

  it('lists bookings page by page', async () => {
    const me = newId<PersonId>();
    const days = [11, 12, 13].map((day) => `2030-03-${day}T12:00:00.000Z`);
    for (const start of days) await s.book(await s.slot({ starts: [start] }), me);
    const token = await student(me);
    const first = await call('GET', `${API}/bookings?limit=2`, token);
    const next = await call('GET', `${API}/bookings?limit=2&cursor=${first.body.next_cursor}`, token);
    const starts = [...first.body.items, ...next.body.items].map(({ start_at }) => start_at);
    expect(starts).toEqual(days.toReversed());
    expect(next.body.next_cursor).toBeNull();
  });

  it.each<[string, Request, Refused]>([
    ['JSON that is none', post('/booking/hold', '{'), malformed()],
    ['a list for a body', post('/booking/hold', []), malformed()],
    ['an unknown field', post('/booking/hold', { slot_id: anyone, price: 1 }), malformed('price')],
    ['an id that is none', post('/booking/hold', { slot_id: 'secret' }), malformed('slot_id')],
    ['an id that is none in the path', get('/availability/secret/slots'), malformed('tutor_id')],
    ['a slot that there is not', post('/booking/hold', { slot_id: anyone }), [404, 'slot_not_found']],
    [
      'a method that there is not',
      post('/booking/confirm', { slot_id: anyone, payment_method: 'x' }),
      malformed('payment_method'),
    ],
    ['a time without a zone', search('start_date=2030-03-01T10:00:00'), malformed('start_date')],
    ['a day that there is not', search('start_date=2030-02-30'), malformed('start_date')],
    ['a backward range', search('start_date=2030-03-02&end_date=2030-03-01'), [422, 'range_backwards']],
    ['a range over a year', search('start_date=2030-03-02&end_date=2032-03-01'), [422, 'range_too_long']],
    ['an unknown timezone', search('timezone=constructor'), [422, 'unknown_timezone']],
    ['a limit out of bounds', get('/bookings?limit=101'), malformed('limit')],
    ['a cursor that is none', get('/bookings?cursor=x'), malformed('cursor')],
    ['a status that there is not', get('/bookings?status=secret'), malformed('status')],
    ['a booking that there is not', get(`/bookings/${anyone}`), [404, 'booking_not_found']],
    ['a route that there is not', get('/nowhere'), [404, 'route_not_found']],
    ['a body over 100 kB', post('/booking/hold', { slot_id: 'x'.repeat(100_001) }), [413, 'body_too_large']],
  ])('refuses %s', async (_, { method, path, body }, [status, code, field]) => {
    const answer = await call(method, API + path, await student(), body);
    expect(answer).toMatchObject({ status, body: { code, type: `/problems/${code}`, status } });
    expect(answer.type).toContain('application/problem+json');
    if (field) expect(JSON.stringify(answer.body)).toContain(field);
    expect(JSON.stringify(answer.body)).not.toContain('secret');
  });

  it('asks for a valid token and the right role', async () => {
    const expired = await issuer.token({ claims: { exp: 1 } });
    const elsewhere = await issuer.token({ claims: { iss: 'https://elsewhere.example' } });
    for (const token of ['', 'x.y.z', expired, elsewhere]) {
      expect(await call('GET', `${API}/bookings`, token)).toMatchObject({
        status: 401,
        body: { code: 'not_signed_in' },
      });
    }
    const grant = { user_id: anyone, amount_cents: 1, currency: 'USD', reason: 'x' };
    expect(await call('POST', `${API}/credits/grants`, await student(), grant)).toMatchObject({
      status: 403,
      body: { code: 'role_missing' },
    });
    expect(await hold(anyone as SlotId, await withRoles('tutor'))).toMatchObject({ status: 403 });
  });

  it('lets one of 200 racing students have the slot', async () => {
    const slot = await s.slot({ starts: ['2030-03-20T12:00:00.000Z'] });
    const tokens = await Promise.all(Array.from({ length: 200 }, () => student()));

    const answers = await Promise.all(tokens.map((token) => hold(slot, token)));

    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
    expect(answers.filter(({ status, body }) => status === 409 && body.code === 'slot_held')).toHaveLength(199);
    expect((await s.claims(slot)).map(({ seat }) => seat)).toEqual([0, 1]);
    const stated =
      "select count(*)::int from bus.log where type like '%SlotHeld%' and envelope -> 'data' ->> 'slot_id' = $1";
    const waiting =
      "select count(*)::int from outbox where type like '%SlotHeld%' and envelope -> 'data' ->> 'slot_id' = $1";
    const [[logged], [queued]] = [await s.source.query(stated, [slot]), await s.source.query(waiting, [slot])];
    expect(logged.count + queued.count).toBe(1);
  });
});
