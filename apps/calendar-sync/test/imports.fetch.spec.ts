import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { OutsideDoor } from '@scheduling/service-kit';
import { CalendarFetch, type Seen } from '../src/imports/calendar-fetch.ts';
import { icsServer } from './ics-server.ts';

const NOTHING: Seen = { etag: null, lastModified: null };

describe('a calendar file', () => {
  let server: Awaited<ReturnType<typeof icsServer>>;
  let fetch: CalendarFetch;
  beforeAll(async () => {
    server = await icsServer();
    fetch = new CalendarFetch(new OutsideDoor(server.origin));
  });
  afterAll(() => server.close());

  const get = (path: string, seen = NOTHING) => fetch.get(`${server.origin}${path}`, seen);

  it('comes as it was sent, with the mark by which it is known again', async () => {
    server.put('/a.ics', 'Grüße 👩‍🏫', { etag: '"1"', 'last-modified': 'Mon, 23 Nov 2026 10:00:00 GMT' });
    expect(await get('/a.ics')).toEqual({
      text: 'Grüße 👩‍🏫',
      etag: '"1"',
      lastModified: 'Mon, 23 Nov 2026 10:00:00 GMT',
    });
  });

  it('is not sent again while it has not changed', async () => {
    server.on('/same.ics', ({ headers }, response) =>
      response.writeHead(headers['if-none-match'] === '"1"' ? 304 : 200, { etag: '"1"' }).end(),
    );
    expect(await get('/same.ics')).toMatchObject({ etag: '"1"' });
    expect(await get('/same.ics', { etag: '"1"', lastModified: null })).toBeNull();
  });

  it('is not taken for unchanged by someone who has not seen it', async () => {
    server.on('/odd.ics', (_, response) => response.writeHead(304).end());
    await expect(get('/odd.ics')).rejects.toMatchObject({ problem: 'http_304' });
  });

  it.each([401, 404, 410, 429, 500, 503])('is missing behind status %d', async (status) => {
    server.on(`/${status}`, (_, response) => response.writeHead(status).end('secret reasons'));
    await expect(get(`/${status}`)).rejects.toMatchObject({ problem: `http_${status}` });
  });

  it('is followed to where it has moved, three times', async () => {
    for (const n of [1, 2, 3]) {
      server.on(`/moved/${n}`, (_, response) => response.writeHead(302, { location: `/moved/${n + 1}` }).end());
    }
    server.put('/moved/4', 'here');
    expect(await get('/moved/1')).toMatchObject({ text: 'here' });
    server.on('/moved/0', (_, response) => response.writeHead(307, { location: '/moved/1' }).end());
    await expect(get('/moved/0')).rejects.toMatchObject({ problem: 'too_many_redirects' });
  });

  it.each([
    ['this machine', 'https://127.0.0.1:1/'],
    ['this machine as a number', 'https://2130706433/'],
    ['this machine by its name', 'https://localhost:1/'],
    ['the metadata of a cloud', 'http://169.254.169.254/latest/meta-data/'],
    ['a private network', 'https://10.0.0.1/'],
    ['a private network, mapped', 'https://[::ffff:10.0.0.1]/'],
    ['what is not encrypted', 'http://calendar.example.org/'],
    ['a file of this machine', 'file:///etc/passwd'],
    ['nowhere', 'https://'],
  ])('is not followed to %s: %s', async (_, location) => {
    server.on('/away', (_, response) => response.writeHead(302, { location }).end());
    await expect(get('/away')).rejects.toMatchObject({ problem: 'address_not_allowed' });
  });

  it('is not followed to a name that has become one of this machine', async () => {
    const asked: string[] = [];
    const rebinding = new OutsideDoor(server.origin, async (name) => {
      asked.push(name);
      return [{ address: '127.0.0.1', family: 4 }];
    });
    const before = server.asked.length;
    server.on('/rebind', (_, response) =>
      response.writeHead(302, { location: `https://rebinds.example:${new URL(server.origin).port}/a.ics` }).end(),
    );
    await expect(new CalendarFetch(rebinding).get(`${server.origin}/rebind`, NOTHING)).rejects.toMatchObject({
      problem: 'address_not_allowed',
    });
    expect(asked).toEqual(['rebinds.example']);
    expect(server.asked.length).toBe(before + 1);
  });

  it('is cut where it is too large, before all of it has come', async () => {
    let sent = 0;
    server.on('/large', (_, response) => {
      response.writeHead(200);
      const more = () => {
        while (!response.destroyed && response.write('x'.repeat(65_536))) sent += 65_536;
      };
      response.on('drain', more);
      more();
    });
    await expect(get('/large')).rejects.toMatchObject({ problem: 'too_large' });
    expect(sent).toBeLessThan(50_000_000);
  });

  it('may be packed, and is cut where it unfolds to too much', async () => {
    const packed = (text: string) => gzipSync(text);
    server.on('/packed', (_, response) =>
      response.writeHead(200, { 'content-encoding': 'gzip' }).end(packed('BEGIN:VCALENDAR')),
    );
    expect(await get('/packed')).toMatchObject({ text: 'BEGIN:VCALENDAR' });
    const bomb = packed('\0'.repeat(200_000_000));
    expect(bomb.length).toBeLessThan(1_000_000);
    server.on('/bomb', (_, response) => response.writeHead(200, { 'content-encoding': 'gzip' }).end(bomb));
    const before = process.memoryUsage().rss;
    await expect(get('/bomb')).rejects.toMatchObject({ problem: 'too_large' });
    expect(process.memoryUsage().rss - before).toBeLessThan(100_000_000);
  });

  it.each([
    ['is not what it says it is', 'gzip', 'no gzip'],
    ['is cut off', 'gzip', gzipSync('x'.repeat(1000)).subarray(0, 20)],
    ['is packed in another way', 'br', 'x'],
  ])('is none where it %s', async (_, encoding, body) => {
    server.on('/broken', (_, response) => response.writeHead(200, { 'content-encoding': encoding }).end(body));
    await expect(get('/broken')).rejects.toMatchObject({ problem: 'not_a_calendar' });
  });

  it('is given up where it comes drop by drop, or where nobody answers at all', async () => {
    const impatient = new CalendarFetch(new OutsideDoor(server.origin), 300);
    const drops = new Set<NodeJS.Timeout>();
    server.on('/slow', (_, response) => {
      response.writeHead(200);
      drops.add(setInterval(() => response.write('B'), 20));
    });
    server.on('/silent', () => undefined);
    for (const path of ['/slow', '/silent']) {
      await expect(impatient.get(`${server.origin}${path}`, NOTHING)).rejects.toMatchObject({ problem: 'timeout' });
    }
    for (const drop of drops) clearInterval(drop);
  });

  it('is given up where the headers come drop by drop', async () => {
    const raw = createServer((socket) => {
      socket.on('error', () => undefined);
      socket.write('HTTP/1.1 200 OK\r\n');
      const drop = setInterval(() => socket.write('x: y\r\n'), 20);
      socket.on('close', () => clearInterval(drop));
    });
    await new Promise<void>((ready) => raw.listen(0, '127.0.0.1', ready));
    const origin = `http://127.0.0.1:${(raw.address() as AddressInfo).port}`;
    const impatient = new CalendarFetch(new OutsideDoor(origin), 300);
    await expect(impatient.get(`${origin}/`, NOTHING)).rejects.toMatchObject({ problem: 'timeout' });
    await new Promise<void>((done) => raw.close(() => done()));
  });

  it('is unreachable where nobody listens, or hangs up', async () => {
    server.on('/gone', ({ socket }) => socket.destroy());
    server.on('/half', (_, response) => {
      response.writeHead(200, { 'content-length': '1000' }).write('BEGIN');
      response.destroy();
    });
    for (const path of ['/gone', '/half']) await expect(get(path)).rejects.toMatchObject({ problem: 'unreachable' });
  });

  it('says nothing of its address when it fails', async () => {
    server.on('/secret-path', ({ socket }) => socket.destroy());
    let thrown: unknown;
    try {
      await get('/secret-path?token=hush');
    } catch (error) {
      thrown = error;
    }
    expect(thrown).toMatchObject({ name: 'FileFailure' });
    expect(JSON.stringify(thrown, Object.getOwnPropertyNames(thrown))).not.toMatch(/secret-path|hush/);
  });
});
