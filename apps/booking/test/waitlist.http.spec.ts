import { newId, type PersonId } from '@scheduling/domain';
import { FROZEN_CLOCK } from '@scheduling/persistence';
import { readConfig, run, type RunningService } from '@scheduling/service-kit';
import { type TestIssuer, testIssuer, until } from '@scheduling/testing';
import { BookingConfig } from '../src/config.ts';
import { service } from '../src/service.ts';
import { type WaitlistScenario, waitlistScenario } from './waitlist.scenario.ts';

const API = '/api/v1/scheduling';
const anyone = '00000000-0000-4000-8000-000000000000';
const window = { from: '2030-03-01T12:00:00Z', until: '2030-03-01T13:00:00+00:00' };

describe('waiting over HTTP', () => {
  let s: WaitlistScenario;
  let issuer: TestIssuer;
  let running: RunningService;
  beforeAll(async () => {
    [s, issuer] = await Promise.all([waitlistScenario(), testIssuer()]);
    const env = { PORT: '0', HOST: '127.0.0.1', DATABASE_URL: s.url, AUTH_ISSUER: issuer.url, LOG_LEVEL: 'error' };
    running = await run(service, readConfig(BookingConfig, env), [{ provide: FROZEN_CLOCK, useValue: s.clock }]);
  });
  afterAll(async () => {
    await running.close();
    await issuer.close();
    await s.end();
  });

  const call = async (method: string, path: string, token: string, body?: unknown) => {
    const answer = await fetch(running.url + API + path, {
      method,
      headers: { authorization: `Bearer ${token}`, ...(body !== undefined && { 'content-type': 'application/json' }) },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    return { status: answer.status, body: text === '' ? null : JSON.parse(text) };
  };
  const student = async (id = newId<PersonId>()) => ({ id, token: await issuer.token({ id }) });

  it('leads from the end of the line to a lesson', async () => {
    const { tutor, slot, booking } = await s.taken();
    const [me, other] = [await student(), await student()];
    await s.grant(me.id, 5000);
    const joined = await call('POST', '/waitlist', me.token, { tutor_id: tutor, slot_id: slot });
    expect(joined).toEqual({
      status: 201,
      body: {
        waitlist_id: expect.any(String),
        tutor_id: tutor,
        slot_id: slot,
        from: '2030-03-01T12:00:00.000Z',
        until: '2030-03-01T12:00:00.000Z',
        status: 'waiting',
        joined_at: '2030-03-01T09:00:00.000Z',
        expires_at: '2030-03-01T10:00:00.000Z',
        offer: null,
      },
    });
    expect(await call('POST', '/waitlist', me.token, { tutor_id: tutor, slot_id: slot })).toEqual({
      ...joined,
      status: 200,
    });
    const behind = await call('POST', '/waitlist', other.token, { tutor_id: tutor, window });
    expect(behind).toMatchObject({ status: 201, body: { slot_id: null, until: '2030-03-01T13:00:00.000Z' } });

    const place = `/waitlist/${joined.body.waitlist_id}`;
    expect((await call('GET', place, me.token)).body).toEqual({
      ...joined.body,
      position: 1,
      steps: [{ at: '2030-03-01T09:00:00.000Z', what: 'joined', slot_id: slot, reason: null }],
    });
    expect((await call('GET', `/waitlist/${behind.body.waitlist_id}`, other.token)).body.position).toBe(2);
    expect(await call('GET', place, other.token)).toMatchObject({
      status: 404,
      body: { code: 'waitlist_entry_not_found' },
    });

    const canceler = await issuer.token({ id: booking.studentId });
    await call('POST', `/bookings/${booking.id}/cancel`, canceler, {});
    await until('the offer', async () => (await call('GET', place, me.token)).body.status === 'offered');
    const { body: offered } = await call('GET', place, me.token);
    expect(offered.offer).toEqual({
      hold_id: expect.any(String),
      slot_id: slot,
      seat: 1,
      expires_at: '2030-03-01T09:15:00.000Z',
      price_cents: 2500,
      currency: 'USD',
      start_at: '2030-03-01T12:00:00.000Z',
      end_at: '2030-03-01T13:00:00.000Z',
    });
    const confirm = { slot_id: slot, payment_method: 'credit' };
    const confirmed = await call('POST', '/booking/confirm', me.token, confirm);
    expect(confirmed).toMatchObject({ status: 201, body: { booking_id: offered.offer.hold_id, status: 'confirmed' } });

    const list = await call('GET', '/waitlist?limit=1', me.token);
    expect(list.body).toMatchObject({ items: [{ status: 'taken', offer: null }], next_cursor: null });
    expect((await call('DELETE', `/waitlist/${behind.body.waitlist_id}`, other.token)).status).toBe(204);
    expect((await call('DELETE', `/waitlist/${behind.body.waitlist_id}`, other.token)).status).toBe(204);
  });

  it('lists places page by page', async () => {
    const me = await student();
    for (let i = 0; i < 3; i++) {
      const { tutor, slot } = await s.taken();
      await s.join(tutor, slot, me.id);
    }
    const first = (await call('GET', '/waitlist?limit=2', me.token)).body;
    const next = (await call('GET', `/waitlist?limit=2&cursor=${first.next_cursor}`, me.token)).body;
    expect([first.items.length, next.items.length, next.next_cursor]).toEqual([2, 1, null]);
  });

  it.each<[string, unknown, [status: number, code: string, field?: string]]>([
    ['neither slot nor window', { tutor_id: anyone }, [400, 'malformed_request', 'window']],
    ['both slot and window', { tutor_id: anyone, slot_id: anyone, window }, [400, 'malformed_request', 'window']],
    ['no tutor', { slot_id: anyone }, [400, 'malformed_request', 'tutor_id']],
    ['a window that is none', { tutor_id: anyone, window: 'secret' }, [400, 'malformed_request', 'window']],
    ['half a window', { tutor_id: anyone, window: { from: window.from } }, [400, 'malformed_request', 'until']],
    ['null for a window', { tutor_id: anyone, window: null }, [400, 'malformed_request', 'window']],
    [
      'a time without a zone',
      { tutor_id: anyone, window: { ...window, from: '2030-03-01T12:00:00' } },
      [400, 'malformed_request', 'from'],
    ],
    ['a slot that there is not', { tutor_id: anyone, slot_id: anyone }, [404, 'slot_not_found']],
    ['a tutor who never offered anything', { tutor_id: anyone, window }, [404, 'tutor_unknown']],
  ])('refuses %s', async (_, body, [status, code, field]) => {
    const answer = await call('POST', '/waitlist', (await student()).token, body);
    expect(answer).toMatchObject({ status, body: { code } });
    if (field) expect(JSON.stringify(answer.body)).toContain(field);
    expect(JSON.stringify(answer.body)).not.toContain('secret');
  });

  it('tells who asks for an open slot which one it is', async () => {
    const tutor = s.person();
    const slot = await s.slot({ tutor });
    const answer = await call('POST', '/waitlist', (await student()).token, { tutor_id: tutor, window });
    expect(answer).toMatchObject({ status: 409, body: { code: 'slot_open', slot_id: slot } });
  });

  it('is for students who are signed in', async () => {
    expect((await call('GET', '/waitlist', '')).status).toBe(401);
    expect((await call('GET', '/waitlist', await issuer.token({ roles: ['tutor'] }))).status).toBe(403);
    expect((await call('GET', '/waitlist/x', (await student()).token)).status).toBe(400);
    expect((await call('GET', '/waitlist?cursor=x', (await student()).token)).status).toBe(400);
    expect((await call('DELETE', `/waitlist/${anyone}`, (await student()).token)).status).toBe(404);
  });
});
