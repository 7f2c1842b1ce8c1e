import { once } from 'node:events';
import { type AddressInfo, connect, createServer } from 'node:net';
import { type TestDatabase, testDatabase } from '@scheduling/testing';
import { DataSource } from 'typeorm';
import { Database } from './database.ts';
import { ownSchema } from './own-schema.ts';
import { provision } from './provision.ts';
import { TryAgain } from './try-again.errors.ts';

const ours = (url: string) => ownSchema(url, 'ours', [], []);
const signedInAs = (url: string, role: string) => Object.assign(new URL(url), { username: role }).href;

describe('the role of a service', () => {
  let test: TestDatabase;
  let neighbour: DataSource;
  beforeAll(async () => {
    test = await testDatabase('ours', ours);
    await provision(test.adminUrl, [{ schema: 'theirs', password: 'test' }]);
    neighbour = await new DataSource(ownSchema(signedInAs(test.url, 'theirs'), 'theirs', [], [])).initialize();
    await neighbour.runMigrations({ transaction: 'each' });
  });
  afterAll(async () => {
    await neighbour.destroy();
    await test.drop();
  });

  it.each([
    ['read', 'select * from theirs.outbox'],
    ['write', "insert into theirs.consumer_groups (consumer_group) values ('x')"],
    ['drop', 'drop table theirs.inbox'],
    ['create in', 'create table theirs.mine (id int)'],
  ])('cannot %s what another service owns', async (_, statement) => {
    await expect(test.source.query(statement)).rejects.toMatchObject({ driverError: { code: '42501' } });
  });

  const state = (topic: string) => `
    insert into bus.log (part, topic, key, type, event_id, envelope)
    values (0, '${topic}', 'k', 't', gen_random_uuid(), '{}')`;

  it('states only events of its own', async () => {
    await expect(test.source.query(state('scheduling.theirs'))).rejects.toMatchObject({
      driverError: { code: '42501' },
    });
    await test.source.query(state('scheduling.ours'));
  });

  it('moves only groups of its own', async () => {
    await neighbour.query("insert into bus.offsets (grp, part) values ('theirs.reader', 0)");
    expect(await test.source.query('select * from bus.offsets')).toEqual([]);
    const intrude = "insert into bus.offsets (grp, part) values ('theirs.other', 0)";
    await expect(test.source.query(intrude)).rejects.toMatchObject({ driverError: { code: '42501' } });
  });
});

/** A PostgreSQL message of one letter: its fields, each closed by a zero. */
const message = (letter: string, ...fields: string[]) => {
  const body = Buffer.from([...fields, ''].map((field) => `${field}\0`).join(''));
  const length = Buffer.alloc(4);
  length.writeInt32BE(body.length + 4);
  return Buffer.concat([Buffer.from(letter), length, body]);
};
const SHUTDOWN = message('E', 'SFATAL', 'VFATAL', 'C57P01', 'Mterminating connection');
const READY = Buffer.from([90, 0, 0, 0, 5, 73]);

it('a connection that dies the moment it is ready costs one request, and not the process', async () => {
  const test = await testDatabase('ours', ours);
  let isDeadly = false;
  const between = createServer((near) => {
    const far = connect(Number(new URL(test.url).port), '127.0.0.1');
    near.pipe(far);
    far.on('data', (data) => near.write(isDeadly && data.includes(READY) ? Buffer.concat([data, SHUTDOWN]) : data));
    far.on('close', () => near.destroy());
    near.on('close', () => far.destroy());
  }).listen(0, '127.0.0.1');
  await once(between, 'listening');
  const { port } = between.address() as AddressInfo;
  const source = await new DataSource(ours(Object.assign(new URL(test.url), { port: String(port) }).href)).initialize();
  const db = new Database(source);

  const first = await db.transaction(async () => {
    isDeadly = true;
    // The pool has one connection, which this transaction has: the next one needs another.
    const next = await db.transaction(async () => 'done').catch((error: unknown) => error);
    isDeadly = false;
    return next;
  });

  expect(first).toBeInstanceOf(TryAgain);
  expect(await db.transaction(async () => 'done')).toBe('done');
  await source.destroy();
  between.close();
  await test.drop();
});
