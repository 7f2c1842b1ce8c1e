import { until } from '@scheduling/testing';
import { scene, type Scene } from './scenario.ts';

const BOOKINGS = '/api/v1/scheduling/bookings';

describe('a client that leaves', () => {
  let s: Scene;
  let token: string;
  beforeAll(async () => {
    // Longer than the test: a service that is waited for in vain would be noticed.
    s = await scene({ UPSTREAM_TIMEOUT_MS: 120_000 });
    token = await s.issuer.token();
  });
  afterAll(() => s.close());

  it('holds up nobody while a service is tried again', async () => {
    const { booking } = s.services;
    const list = (init?: RequestInit) => s.ask(BOOKINGS, token, init);
    booking.answer = (request) => request.socket.destroy();
    for (let n = 0; n < 10; n += 1) await list();
    let release: () => void = () => undefined;
    const leaving = new AbortController();
    const held = new Promise<void>((arrived) => {
      booking.answer = (_request, response) => {
        release = () => response.end('late');
        arrived();
      };
    });
    let isHeld = false;
    void held.then(() => (isHeld = true));
    const probing = until('the service to be tried again', async () => {
      await list({ signal: leaving.signal }).catch(() => undefined);
      return isHeld;
    });
    await held;
    leaving.abort();
    await probing;
    booking.answer = (_request, response) => response.end('back');
    await until(
      'the service to be open to others',
      async () => (await list({ signal: AbortSignal.timeout(2000) }).catch(() => null))?.status === 200,
    );
    release();
  });
});
