import { newId, type PersonId } from '@scheduling/domain';
import { until } from '@scheduling/testing';
import { BookingDouble } from './realtime.scenario.ts';
import { scene, type Scene } from './scenario.ts';

const PATH = '/api/v1/scheduling/realtime/events';

/** A stream of server-sent events that is read as it comes. */
class Stream {
  text = '';
  ended = false;
  private readonly breaking = new AbortController();

  async open(s: Scene, query: string, headers: Record<string, string> = {}, token?: string): Promise<Response> {
    const given = token ?? (await s.issuer.token());
    const answer = await s.ask(`${PATH}?${query}`, given, { headers, signal: this.breaking.signal });
    if (answer.ok) void this.read(answer);
    return answer;
  }

  /** The data of the first event of a type, once it has come. */
  async heard(type: string): Promise<Record<string, unknown>> {
    await until(`an event ${type}`, () => this.find(type) !== undefined);
    return JSON.parse(this.find(type)!) as Record<string, unknown>;
  }

  find(type: string): string | undefined {
    return new RegExp(`^event: ${type}\\n(?:id: .*\\n)?data: (.*)\\n\\n`, 'm').exec(this.text)?.[1];
  }

  close(): void {
    this.breaking.abort();
  }

  private async read(answer: Response): Promise<void> {
    const decoder = new TextDecoder();
    try {
      for await (const part of answer.body!) this.text += decoder.decode(part as Uint8Array, { stream: true });
    } catch (error) {
      if (!this.breaking.signal.aborted) throw error;
    } finally {
      this.ended = true;
    }
  }
}

describe('server-sent events', () => {
  let s: Scene;
  let house: BookingDouble;
  const tutor = newId<PersonId>();
  const query = `topic=tutor:${tutor}:slots`;
  const open: Stream[] = [];
  beforeAll(async () => {
    s = await scene();
    house = new BookingDouble(s);
  });
  afterEach(() => open.splice(0).forEach((one) => one.close()));
  afterAll(() => s.close());

  const stream = (): Stream => {
    const one = new Stream();
    open.push(one);
    return one;
  };

  it('tell the same as a WebSocket', async () => {
    house.open(tutor, 'a', 'b');
    const one = stream();
    const answer = await one.open(s, query);
    expect(answer.headers.get('content-type')).toBe('text/event-stream');
    expect((await one.heard('snapshot'))['items']).toHaveLength(2);
    house.close(tutor, 'a');
    await house.tell(tutor);
    expect(await one.heard('delta')).toMatchObject({ remove: [house.idOf('a')] });
  });

  it('are not for whoever was erased, though their token still lives', async () => {
    const id = newId<PersonId>();
    const token = await s.issuer.token({ id });
    const before = stream();
    expect((await before.open(s, query, {}, token)).status).toBe(200);
    await s.log.state('scheduling.accounts.UserErased.v1', id, { user_id: id, version: 2 });
    expect(await before.heard('bye')).toEqual({ code: 'account_erased' });
    await until('them to be refused', async () => (await stream().open(s, query, {}, token)).status === 410);
  });

  it('go on from Last-Event-ID', async () => {
    house.open(tutor, 'a');
    const one = stream();
    await one.open(s, query);
    const { version } = await one.heard('snapshot');
    const back = stream();
    await back.open(s, query, { 'last-event-id': String(version) });
    await back.heard('resumed');
    const stranger = stream();
    await stranger.open(s, query, { 'last-event-id': 'unheard of' });
    await stranger.heard('snapshot');
    expect(stranger.find('reset')).toBeDefined();
  });

  it.each([
    ['a topic that is none', 'topic=all', 400, 'topic_unknown'],
    ['no topic', '', 400, 'malformed_request'],
  ])('are refused for %s', async (_what, asked, status, code) => {
    const answer = await stream().open(s, asked);
    expect([answer.status, await answer.json()]).toEqual([status, expect.objectContaining({ code })]);
  });

  it('are refused without a token', async () => {
    expect((await s.ask(`${PATH}?${query}`)).status).toBe(401);
  });

  it('end when the token expires', async () => {
    const one = stream();
    const claims = { exp: Math.floor(Date.now() / 1000) + 4 };
    await one.open(s, query, {}, await s.issuer.token({ claims }));
    expect(await one.heard('bye')).toEqual({ code: 'token_expired' });
    await until('the stream to end', () => one.ended);
  });

  it('are so many of one person, and no more', async () => {
    const token = await s.issuer.token();
    for (let n = 0; n < 8; n += 1) await stream().open(s, query, {}, token);
    expect((await stream().open(s, query, {}, token)).status).toBe(429);
  });

  it('end with the gateway, which says so', async () => {
    const other = await s.another();
    const one = stream();
    await one.open(
      {
        ...s,
        ask: (path, token, init) =>
          fetch(`${other.url}${path}`, { ...init, headers: { ...init?.headers, authorization: `Bearer ${token}` } }),
      },
      query,
    );
    await one.heard('snapshot');
    const closing = other.close();
    expect(await one.heard('bye')).toEqual({ code: 'restarting' });
    await closing;
  });
});
