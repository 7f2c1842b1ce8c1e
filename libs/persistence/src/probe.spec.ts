import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import { type TestDatabase, testDatabase } from '@scheduling/testing';
import { DataSource } from 'typeorm';
import { ownSchema } from './own-schema.ts';
import { Probe } from './probe.ts';

describe('a probe', () => {
  let test: TestDatabase;
  let between: Server;
  let isHanging = false;
  let taken = 0;
  let questions = 0;
  const sockets: Socket[] = [];
  let url: string;
  beforeAll(async () => {
    test = await testDatabase('ours', (at) => ownSchema(at, 'ours', [], []));
    const { hostname, port } = new URL(test.url);
    between = createServer((near) => {
      taken += 1;
      const far = connect(Number(port), hostname);
      sockets.push(near, far);
      near.on('data', (bytes) => {
        questions += bytes.toString('latin1').split('select 1').length - 1;
        if (!isHanging) far.write(bytes);
      });
      near.on('error', () => undefined);
      far.on('error', () => undefined).pipe(near);
    });
    await new Promise<void>((ready) => between.listen(0, '127.0.0.1', ready));
    const ours = new URL(test.url);
    ours.port = String((between.address() as AddressInfo).port);
    url = ours.href;
  });
  afterAll(async () => {
    for (const socket of sockets) socket.destroy();
    between.close();
    await test.drop();
  });
  beforeEach(() => {
    [isHanging, taken, questions] = [false, 0, 0];
  });

  it('asks over one connection, and once for all who ask at once', async () => {
    const probe = new Probe(url);
    await Promise.all([probe.ask(), probe.ask(), probe.ask()]);
    await probe.ask();
    expect([taken, questions]).toEqual([1, 2]);
    await probe.onModuleDestroy();
  });

  it('says that a database which hangs does not answer, and that it does again', async () => {
    const probe = new Probe(url);
    await probe.ask();
    isHanging = true;
    await expect(probe.ask()).rejects.toThrow(/timeout/i);
    await expect(probe.ask()).rejects.toThrow(/timeout/i);
    isHanging = false;
    await probe.ask();
    await probe.onModuleDestroy();
  });

  it('says so where the connection broke off, and finds another', async () => {
    const probe = new Probe(url);
    await probe.ask();
    for (const socket of sockets.splice(0)) socket.destroy();
    await expect(probe.ask()).rejects.toThrow(/terminated|queryable/);
    expect(await probe.ask()).toBeUndefined();
    await probe.onModuleDestroy();
  });

  it('takes a database without a connection to spare for one that is there', async () => {
    const role = 'probe_of_full';
    const admin = ownSchema(test.adminUrl, 'ours', [], []);
    const source = await new DataSource(admin).initialize();
    await source.query(`create role ${role} login password 'test' connection limit 0`);
    const full = Object.assign(new URL(test.url), { username: role, password: 'test' });
    expect(await new Probe(full.href).ask()).toBeUndefined();
    await source.query(`drop role ${role}`);
    await source.destroy();
  });
});
