import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { until } from '@scheduling/testing';
import { type WebSocket as Socket, WebSocketServer } from 'ws';
import { type Following, follow, type FollowOptions, ProblemError, type RealtimeItem } from '../src/index.ts';

const TOPIC = 'tutor:3f2b8c1e-6c39-4b52-9a57-0d9c1f6f7a10:slots';

describe('following a topic', () => {
  let server: Server;
  let sockets: WebSocketServer;
  let baseUrl: string;
  let asked: Record<string, unknown>[] = [];
  let open: Socket[] = [];
  let answer: (asked: Record<string, unknown>, socket: Socket) => void;
  const following: Following[] = [];
  beforeAll(async () => {
    server = createServer();
    sockets = new WebSocketServer({ server, path: '/api/v1/scheduling/realtime' });
    sockets.on('connection', (socket) => {
      open.push(socket);
      socket.on('message', (data: Buffer) => {
        const message = JSON.parse(data.toString()) as Record<string, unknown>;
        asked.push(message);
        if (message['type'] === 'hello') say(socket, { type: 'hello' });
        else answer(message, socket);
      });
    });
    await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
    baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterEach(() => {
    following.splice(0).forEach((one) => one.close());
    open.splice(0).forEach((socket) => socket.terminate());
    asked = [];
    open = [];
  });
  afterAll(() => new Promise((done) => server.close(done)));

  const say = (socket: Socket, message: object): void => socket.send(JSON.stringify(message));
  const start = (more: Partial<FollowOptions> = {}) => {
    const told: string[][] = [];
    const onChange = (items: ReadonlyMap<string, RealtimeItem>) => void told.push([...items.keys()]);
    following.push(follow({ baseUrl, token: () => 'a token', topic: TOPIC, onChange, ...more }));
    return told;
  };

  it('tells all there is after each change', async () => {
    answer = (_asked, socket) => {
      say(socket, { type: 'snapshot', version: '1', items: [{ slot_id: 'a' }, { slot_id: 'b' }] });
      say(socket, { type: 'delta', from: '1', version: '2', upsert: [{ slot_id: 'c' }], remove: ['a'] });
    };
    const told = start();
    await until('two changes', () => told.length === 2);
    expect(told).toEqual([
      ['a', 'b'],
      ['b', 'c'],
    ]);
    expect(asked).toEqual([
      { type: 'hello', token: 'a token' },
      { type: 'subscribe', topic: TOPIC },
    ]);
  });

  it('comes back after an interruption with what it has, and begins anew where it must', async () => {
    answer = ({ from }, socket) => {
      if (from === undefined) return say(socket, { type: 'snapshot', version: '1', items: [{ slot_id: 'a' }] });
      if (from === '1')
        return say(socket, { type: 'delta', from: '1', version: '2', upsert: [{ slot_id: 'b' }], remove: [] });
      say(socket, { type: 'reset' });
      say(socket, { type: 'snapshot', version: '9', items: [{ slot_id: 'z' }] });
    };
    const told = start();
    for (const changes of [1, 2, 3]) {
      await until(`change ${changes}`, () => told.length === changes);
      open.at(-1)!.terminate();
    }
    expect(told).toEqual([['a'], ['a', 'b'], ['z']]);
  });

  it('leaves a connection that is dead without a word, and goes on from what it has', async () => {
    answer = ({ from }, socket) => {
      if (from === undefined) return say(socket, { type: 'snapshot', version: '1', items: [{ slot_id: 'a' }] });
      say(socket, { type: 'delta', from: '1', version: '2', upsert: [{ slot_id: 'b' }], remove: [] });
    };
    const told = start({ pulseMs: 100 });
    await until('what there is', () => told.length === 1);
    // The server's end hears nothing and says nothing, as if a cable were cut.
    open[0]!.pause();
    await until('the change', () => told.length === 2);
    expect(told).toEqual([['a'], ['a', 'b']]);
    expect(open).toHaveLength(2);
  });

  it('says hello again while all is well, with the token of then, and asks for the topic once', async () => {
    let n = 0;
    answer = (_asked, socket) => say(socket, { type: 'snapshot', version: '1', items: [] });
    const told = start({ pulseMs: 20, token: () => `token ${++n}` });
    await until('three tokens', () => asked.some(({ token }) => token === 'token 3'));
    expect(asked.filter(({ type }) => type === 'subscribe')).toHaveLength(1);
    expect([told.length, open.length]).toEqual([1, 1]);
  });

  it('tells of trouble, and tries again', async () => {
    const trouble: Error[] = [];
    answer = (_asked, socket) =>
      trouble.length === 0
        ? say(socket, { type: 'error', code: 'feed_unavailable', title: 'Not now.' })
        : say(socket, { type: 'snapshot', version: '1', items: [] });
    const told = start({ onTrouble: (error) => trouble.push(error) });
    await until('a snapshot', () => told.length === 1);
    expect(trouble[0]).toBeInstanceOf(ProblemError);
    expect(trouble[0]).toMatchObject({ code: 'feed_unavailable' });
  });
});
