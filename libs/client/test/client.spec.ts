import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { everyItem, ok, ProblemError, schedulingClient } from '../src/index.ts';

const SLOT = '3f2b8c1e-6c39-4b52-9a57-0d9c1f6f7a10';
type Answer = (request: IncomingMessage, response: ServerResponse, tries: number) => void;

describe('the client', () => {
  let server: Server;
  let url: string;
  let answer: Answer;
  let seen: { method: string; url: string; key: unknown; token: unknown; body: string }[] = [];
  beforeAll(async () => {
    server = createServer((request, response) => {
      void text(request).then((body) => {
        const { method = '', url: path = '', headers } = request;
        seen.push({ method, url: path, key: headers['idempotency-key'], token: headers.authorization, body });
        answer(request, response, seen.length);
      });
    });
    await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  beforeEach(() => (seen = []));
  afterAll(() => new Promise((done) => server.close(done)));

  const json = (response: ServerResponse, status: number, body: object, headers: Record<string, string> = {}) =>
    response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));
  const client = () => schedulingClient({ baseUrl: `${url}/`, token: async () => 'a token' });
  const hold = () => ok(client().POST('/api/v1/scheduling/booking/hold', { body: { slot_id: SLOT } }));
  const refusal = {
    type: '/problems/slot_held',
    title: 'Somebody holds it.',
    status: 409,
    code: 'slot_held',
    slot_id: SLOT,
  };

  it('sends what the types say, with the caller’s token', async () => {
    answer = (_request, response) => json(response, 201, { hold_id: SLOT });
    expect(await hold()).toEqual({ hold_id: SLOT });
    expect(seen).toMatchObject([{ method: 'POST', token: 'Bearer a token', body: JSON.stringify({ slot_id: SLOT }) }]);
  });

  it('throws what the server refuses, by its code, with what to name to the operator', async () => {
    answer = (_request, response) => json(response, 409, refusal, { 'x-request-id': 'r1' });
    const error = await hold().catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(ProblemError);
    expect(error).toMatchObject({ status: 409, code: 'slot_held', requestId: 'r1', problem: { slot_id: SLOT } });
    expect((error as ProblemError).is('slot_booked', 'slot_held')).toBe(true);
    expect(seen).toHaveLength(1);
  });

  it('makes a problem of what no server of ours would say', async () => {
    answer = (_request, response) => response.writeHead(502).end('<html>');
    await expect(ok(schedulingClient({ baseUrl: url, retries: 0 }).GET('/api/v1/accounts/me'))).rejects.toMatchObject({
      status: 502,
      code: 'internal',
    });
  });

  it.each([
    ['the connection breaks', (_request, response) => response.destroy()],
    ['the service is away', (_request, response) => json(response, 503, {}, { 'retry-after': '0' })],
    ['it was one too many', (_request, response) => json(response, 429, {}, { 'retry-after': '0' })],
  ] satisfies [string, Answer][])('tries a POST again under its one key when %s', async (_when, fail) => {
    answer = (request, response, tries) =>
      tries < 3 ? fail(request, response) : json(response, 201, { hold_id: SLOT });
    await hold();
    expect(seen).toHaveLength(3);
    expect(new Set(seen.map(({ key, body }) => `${String(key)} ${body}`)).size).toBe(1);
    expect(seen[0]?.key).toMatch(/^[\da-f-]{36}$/);
  });

  it('keeps a key that the caller chose', async () => {
    answer = (_request, response) => json(response, 201, {});
    await client().POST('/api/v1/scheduling/booking/hold', {
      body: { slot_id: SLOT },
      params: { header: { 'Idempotency-Key': 'mine' } },
    });
    expect(seen[0]?.key).toBe('mine');
  });

  it('never repeats what is not safe to repeat', async () => {
    answer = (_request, response) => json(response, 503, {}, { 'retry-after': '0' });
    await client().PATCH('/api/v1/accounts/me', { body: { locale: 'uk' } });
    expect(seen).toHaveLength(1);
  });

  it('never repeats a POST that takes no key, nor what names a version', async () => {
    answer = (_request, response) => json(response, 503, {}, { 'retry-after': '0' });
    await client().POST('/api/v1/scheduling/availability/preview', { body: {} as never });
    await client().PUT('/api/v1/scheduling/availability/settings', { body: {}, headers: { 'if-match': '"v1"' } });
    expect(seen.map(({ key }) => key)).toEqual([undefined, undefined]);
  });

  it('does not wait for longer than anybody would', async () => {
    answer = (_request, response) =>
      json(response, 429, { ...refusal, code: 'too_many_requests' }, { 'retry-after': '99999999' });
    await expect(hold()).rejects.toMatchObject({ code: 'too_many_requests' });
    expect(seen).toHaveLength(1);
  });

  it('gives up after its tries, with the last answer', async () => {
    answer = (_request, response) => json(response, 503, { ...refusal, code: 'try_again' }, { 'retry-after': '0' });
    await expect(hold()).rejects.toMatchObject({ code: 'try_again' });
    expect(seen).toHaveLength(4);
  });

  it('walks a list to its end', async () => {
    const pages: Record<string, object> = {
      '': { items: [1, 2], next_cursor: 'a' },
      a: { items: [3], next_cursor: null },
    };
    answer = ({ url: path }, response) =>
      json(response, 200, pages[new URL(path!, url).searchParams.get('cursor') ?? '']!);
    const found = [];
    const list = (cursor: string | undefined) =>
      ok(client().GET('/api/v1/scheduling/bookings', { params: { query: cursor === undefined ? {} : { cursor } } }));
    for await (const item of everyItem(list)) found.push(item);
    expect(found).toEqual([1, 2, 3]);
  });
});
