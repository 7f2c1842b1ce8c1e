import { once } from 'node:events';
import { connect } from 'node:net';
import { newId, type PersonId } from '@scheduling/domain';
import { until } from '@scheduling/testing';
import { WebSocket } from 'ws';
import { BookingDouble, Follower } from './realtime.scenario.ts';
import { scene, type Scene } from './scenario.ts';

const PATH = '/api/v1/scheduling/realtime';
const UPGRADE = 'Host: a\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n';

describe('the realtime door', () => {
  let s: Scene;
  let house: BookingDouble;
  beforeAll(async () => {
    s = await scene({ RATE_LIMITS: 'read:40/60', TRUSTED_PROXIES: 1 });
    house = new BookingDouble(s);
  });
  afterAll(() => s.close());

  let last = 0;
  /** Each test comes from an address of its own. */
  const address = () => `198.51.100.${++last}`;
  const events = (token: string, from: string, signal?: AbortSignal) =>
    s.ask(`${PATH}/events?topic=me`, token, { headers: { 'x-forwarded-for': from }, ...(signal && { signal }) });
  const socket = (from: string) =>
    new WebSocket(`${s.url.replace('http', 'ws')}${PATH}`, { headers: { 'x-forwarded-for': from } });

  it('stands whoever breaks off while they are turned away', async () => {
    const { hostname, port } = new URL(s.url);
    for (let n = 0; n < 100; n++) {
      const client = connect(Number(port), hostname);
      client.on('error', () => undefined);
      await once(client, 'connect');
      await new Promise((sent) => client.write(`GET /x${n % 2 ? '' : PATH} HTTP/1.1\r\n${UPGRADE}`, sent));
      client.resetAndDestroy();
    }
    expect((await s.ask('/health/ready')).status).toBe(200);
  });

  it('gives a person eight streams, though they ask for more at once', async () => {
    const { booking, notification } = s.services;
    const [answer, told] = [booking.answer, notification.answer];
    booking.answer = (request, response) => void setTimeout(() => answer(request, response), 100);
    const [token, from, closing] = [await s.issuer.token(), address(), new AbortController()];
    const asked = Array.from({ length: 30 }, async () => (await events(token, from, closing.signal)).status);
    const statuses = await Promise.all(asked);
    closing.abort();
    [booking.answer, notification.answer] = [answer, told];
    expect(statuses.filter((status) => status === 200)).toHaveLength(8);
    expect(statuses.filter((status) => status === 429)).toHaveLength(22);
  });

  it('writes nothing to a stream that is over, though it cannot leave', async () => {
    const [tutor, from] = [newId<PersonId>(), address()];
    house.open(tutor, 'a');
    const soonOver = { exp: Math.floor(Date.now() / 1000) + 4 };
    const { hostname, port } = new URL(s.url);
    const client = connect(Number(port), hostname);
    // The second answer waits behind the first, which does not end.
    for (const token of [await s.issuer.token(), await s.issuer.token({ claims: soonOver })])
      client.write(
        `GET ${PATH}/events?topic=tutor:${tutor}:slots HTTP/1.1\r\nHost: a\r\nX-Forwarded-For: ${from}\r\nAuthorization: Bearer ${token}\r\n\r\n`,
      );
    client.resume();
    const streams = async () => {
      const figures = await (await s.ask('/metrics')).text();
      return Number(/^gateway_realtime_connections\{by="sse"\} (\d+)$/m.exec(figures)?.[1]);
    };
    await until('both', async () => (await streams()) === 2);
    let changes = 0;
    await until('the connection to be given up', async () => {
      house.open(tutor, `more ${++changes}`);
      await house.tell(tutor);
      return (await streams()) === 0;
    });
    client.destroy();
    expect((await s.ask('/health/ready')).status).toBe(200);
  });

  it('closes behind whoever is erased', async () => {
    const id = newId<PersonId>();
    const follower = await Follower.open(`${s.url}${PATH}`, await s.issuer.token({ id }));
    await follower.heard('hello');
    await s.log.state('scheduling.accounts.UserErased.v1', id, { user_id: id, version: 2 });
    expect(await follower.heard('bye')).toMatchObject({ code: 'account_erased' });
    await follower.closed;
  });

  it('answers by HTTP/1.1 whoever would rather speak HTTP/2', async () => {
    const { hostname, port } = new URL(s.url);
    const client = connect(Number(port), hostname);
    client.write('GET /docs HTTP/1.1\r\nHost: a\r\nConnection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\n\r\n');
    const [said] = (await once(client, 'data')) as [Buffer];
    client.destroy();
    expect(said.toString()).toMatch(/^HTTP\/1\.1 200 /);
  });

  it('counts an address before it looks at a token', async () => {
    const from = address();
    const statuses = await Promise.all(Array.from({ length: 205 }, async () => (await events('a.b.c', from)).status));
    expect(statuses.filter((status) => status === 401)).toHaveLength(200);
    expect(statuses.filter((status) => status === 429)).toHaveLength(5);
    const [refusal] = (await once(socket(from), 'error')) as [Error];
    expect(refusal.message).toContain('429');
  });

  it('does not count for ever who leaves while their hello is looked at', async () => {
    const [id, from] = [newId<PersonId>(), address()];
    // A token that is not known yet, so that looking at it takes a while.
    const fresh = () => s.issuer.token({ id, claims: { jti: newId() } });
    for (let n = 0; n < 30; n++) {
      const one = socket(from);
      await once(one, 'open');
      one.send(JSON.stringify({ type: 'hello', token: await fresh() }));
      one.terminate();
      await once(one, 'close');
    }
    const follower = await Follower.open(`${s.url}${PATH}`, await fresh());
    expect((await follower.heard('hello', 'error', 'bye')).type).toBe('hello');
    follower.close();
  });
});
