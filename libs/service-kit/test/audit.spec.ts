import { Body, Controller, Module, Post } from '@nestjs/common';
import { Text } from '@scheduling/contracts';
import { newId, type PersonId } from '@scheduling/domain';
import { audit, Database, ownSchema, verifyTrail } from '@scheduling/persistence';
import { type TestDatabase, testDatabase, type TestIssuer, testIssuer } from '@scheduling/testing';
import { AuditCron } from '../src/audit.cron.ts';
import { DatabaseConfig, defineService, Public, readConfig, Roles, run, type RunningService } from '../src/index.ts';

class Order {
  @Text(1, 50) readonly id!: string;
  @Text(0, 500) readonly reason: string = '';
}

@Controller()
class Shop {
  constructor(private readonly db: Database) {}

  @Post('orders')
  @Roles('student')
  order(@Body() { id }: Order): Promise<object> {
    return this.db.transaction(async (tx) => {
      // Others have their turn in between.
      await tx.sql`select pg_sleep(0.01)`;
      audit(tx, { action: 'OrderPlaced', subject: ['order', id] });
      return {};
    });
  }

  @Public()
  @Post('hints/:name')
  hint(): Promise<object> {
    return this.db.transaction(async (tx) => {
      audit(tx, { action: 'HintGiven', subject: ['hint', '1'] });
      return {};
    });
  }
}

@Module({ controllers: [Shop] })
class ShopModule {}

const shop = defineService({
  name: 'shop',
  module: ShopModule,
  config: DatabaseConfig,
  schema: (url) => ownSchema(url, 'shop', [], []),
});

describe('what a request does', () => {
  let test: TestDatabase;
  let issuer: TestIssuer;
  let running: RunningService;
  beforeAll(async () => {
    [test, issuer] = await Promise.all([testDatabase('shop', shop.schema!), testIssuer()]);
    const place = { PORT: '0', HOST: '127.0.0.1', DATABASE_URL: test.url, AUTH_ISSUER: issuer.url };
    running = await run(shop, readConfig(DatabaseConfig, { ...place, LOG_LEVEL: 'error' }));
  });
  afterAll(async () => {
    await running.close();
    await issuer.close();
    await test.drop();
  });

  const order = async (id: string, who: { id?: PersonId; roles?: ['tutor' | 'student'] }, headers = {}) => {
    const authorization = `Bearer ${await issuer.token(who)}`;
    const all = { authorization, 'content-type': 'application/json', ...headers };
    const body = JSON.stringify({ id, reason: 'my car' });
    const { status } = await fetch(`${running.url}/orders`, { method: 'POST', headers: all, body });
    return status;
  };
  const entryOf = async (id: string) => {
    const [entry] = await test.source.query(
      'select actor, acting_as, request_id, cause, address, why from audit_trail join audit_private on id = entry_id where subject_id = $1',
      [id],
    );
    return entry;
  };

  it('is kept with the person, the request, its way and the reason', async () => {
    const id = newId<PersonId>();
    expect(await order('a', { id }, { 'x-request-id': 'r-1', 'x-forwarded-for': '203.0.113.9' })).toBe(201);
    expect(await entryOf('a')).toEqual({
      actor: id,
      acting_as: 'student',
      request_id: 'r-1',
      cause: 'POST /orders',
      address: '203.0.113.9, 127.0.0.1',
      why: 'my car',
    });
  });

  it('is kept as the public’s where nobody need sign in, and by the route, not by what stands in its place', async () => {
    await fetch(`${running.url}/hints/secret-token`, { method: 'POST' });
    expect(await entryOf('1')).toMatchObject({ actor: null, acting_as: 'public', cause: 'POST /hints/:name' });
  });

  it('is not kept when it was refused', async () => {
    expect(await order('refused', { roles: ['tutor'] })).toBe(403);
    expect(await entryOf('refused')).toBeUndefined();
  });

  it('is each one’s own, however many come at once', async () => {
    const people = Array.from({ length: 30 }, () => newId<PersonId>());
    await Promise.all(people.map((id) => order(id, { id })));
    const kept = await test.source.query('select 1 from audit_trail where actor::text = subject_id');
    expect(kept).toHaveLength(30);
  });

  it('is sealed by the tick, and the logged end is found again', async () => {
    await order('sealed', {});
    const lines: object[] = [];
    const cron = running.app.get(AuditCron);
    Object.assign(cron, { logger: { log: (line: object) => lines.push(line) } });
    await test.source.query('delete from ticks');
    await cron.seal();

    const [line] = lines as [{ message: string; head: string }];
    expect(line).toMatchObject({
      message: 'audit sealed',
      head: expect.stringMatching(/^shop:\d{4}-\d\d-\d\d:\d+:[0-9a-f]{64}$/),
    });
    const [, day, position, hash] = line.head.split(':');
    const head = { day: day!, position: Number(position), hash: Buffer.from(hash!, 'hex') };
    const verdict = await verifyTrail((sql, values) => test.source.query(sql, [...values]), [head]);
    expect(verdict).toMatchObject({ waiting: 0, head: { position: head.position }, faults: [] });
  });
});
