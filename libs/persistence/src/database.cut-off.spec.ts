import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import { type TestDatabase, testDatabase } from '@scheduling/testing';
import { DataSource } from 'typeorm';
import { Database, type Tx } from './database.ts';
import { ownSchema } from './own-schema.ts';
import { TryAgain } from './try-again.errors.ts';

describe('a transaction whose connection breaks off', () => {
  let test: TestDatabase;
  let between: Server;
  let source: DataSource;
  let db: Database;
  const sockets = new Set<Socket>();
  /** The server hears these words, and we hear nothing any more. */
  let lastWords: string | null = null;
  const cut = () => sockets.forEach((socket) => socket.destroy());

  beforeAll(async () => {
    test = await testDatabase('bank', (url) => ownSchema(url, 'bank', [], []));
    await test.source.query('create table notes (text text not null)');
    const ours = new URL(test.url);
    const port = Number(ours.port);
    between = createServer((near) => {
      const far = connect(port, ours.hostname);
      for (const socket of [near, far]) sockets.add(socket.on('error', () => undefined));
      far.on('data', (bytes) => near.destroyed || near.write(bytes));
      near.on('data', (bytes) => {
        const isLast = lastWords !== null && bytes.includes(lastWords);
        if (isLast) far.removeAllListeners('data').once('data', cut);
        far.write(bytes);
      });
    });
    await new Promise<void>((ready) => between.listen(0, '127.0.0.1', ready));
    ours.port = String((between.address() as AddressInfo).port);
    source = await new DataSource(ownSchema(ours.href, 'bank', [], [])).initialize();
    db = new Database(source);
  });
  beforeEach(() => (lastWords = null));
  afterAll(async () => {
    await source.destroy();
    cut();
    between.close();
    await test.drop();
  });
  const noted = async (text: string): Promise<number> =>
    (await test.source.query('select from notes where text = $1', [text])).length;
  const note = (tx: Tx, text: string) => tx.sql`insert into notes values (${text})`;

  it('asks for a later try, and does not run again by itself', async () => {
    let runs = 0;
    const work = db.transaction(async (tx) => {
      runs += 1;
      await note(tx, 'in the middle');
      cut();
      await tx.sql`select 1`;
    });
    await expect(work).rejects.toBeInstanceOf(TryAgain);
    expect([runs, await noted('in the middle')]).toEqual([1, 0]);
  });

  it('does so too where nobody heard that it was committed', async () => {
    let runs = 0;
    lastWords = 'commit';
    const work = db.transaction(async (tx) => {
      runs += 1;
      await note(tx, 'at the end');
    });
    await expect(work).rejects.toBeInstanceOf(TryAgain);
    expect([runs, await noted('at the end')]).toEqual([1, 1]);
  });

  it('goes on over another one the next time', async () => {
    await db.transaction((tx) => note(tx, 'afterwards'));
    expect(await noted('afterwards')).toBe(1);
  });
});
