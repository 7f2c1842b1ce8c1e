import { Controller, Logger, type Type, ValidationPipe } from '@nestjs/common';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { Test } from '@nestjs/testing';
import { SlotHeld, SlotReleased } from '@scheduling/contracts';
import { BookingError, type HoldId, newId, type PersonId, type SlotId } from '@scheduling/domain';
import { acting, Database, ownSchema, type Tx } from '@scheduling/persistence';
import { type TestDatabase, testDatabase, until } from '@scheduling/testing';
import { Client } from 'pg';
import { announce } from './announce.ts';
import { GroupOfAnother, NoEventLog, TwoHandlers } from './event-log.errors.ts';
import type { Envelope } from './envelope.ts';
import { On, OnEach } from './on.ts';
import { openEvents } from './open-events.ts';

class NeverThat extends BookingError {
  readonly kind = 'invalid';
  readonly code = 'never_that';
}

const AT = '2030-03-01T09:00:00.000Z';
const seen: unknown[] = [];

@Controller()
class Consumer {
  @On(SlotReleased, 'booking.writer')
  async write(tx: Tx, event: SlotReleased): Promise<void> {
    await tx.sql`insert into letters values (${event.slot_id})`;
    seen.push(event);
  }

  @On(SlotReleased, 'booking.divider')
  async divide(tx: Tx): Promise<void> {
    await tx.sql`select 1 / 0`;
  }

  @On(SlotReleased, 'booking.refuser')
  async refuse(): Promise<void> {
    throw new NeverThat('No.');
  }
}

const passed: [event: SlotHeld | SlotReleased, id: string, type: string, cause: string | null][] = [];

@Controller()
class Passer {
  private readonly heard = passed;

  @OnEach([SlotHeld, SlotReleased], 'booking.passer')
  async pass(_tx: Tx, event: SlotHeld | SlotReleased, { id, type }: Envelope): Promise<void> {
    this.heard.push([event, id, type, acting().cause]);
  }
}

@Controller()
class TwoAtOnce {
  @On(SlotHeld, 'booking.twice')
  async one(): Promise<void> {}

  @On(SlotHeld, 'booking.twice')
  async other(): Promise<void> {}
}

@Controller()
class Intruder {
  @On(SlotHeld, 'accounts.intruder')
  async intrude(): Promise<void> {}
}

describe('a consumer', () => {
  let test: TestDatabase;
  let db: Database;
  const closing: (() => Promise<unknown>)[] = [];
  beforeAll(async () => {
    Logger.overrideLogger(false);
    test = await testDatabase('booking', (url) => ownSchema(url, 'booking', [], []));
    await test.source.query('create table letters (slot_id uuid)');
    db = new Database(test.source);
  });
  afterEach(async () => {
    for (const close of closing.splice(0)) await close();
  });
  afterAll(() => test.drop());

  const boot = async (controller: Type) => {
    const events = await openEvents({ service: 'booking', database: db, databaseUrl: test.url, kafka: null });
    closing.push(() => events.stop());
    const testing = await Test.createTestingModule({ controllers: [controller] }).compile();
    const app = testing.createNestApplication(new FastifyAdapter(), { logger: false });
    closing.unshift(() => app.close());
    app.useGlobalPipes(new ValidationPipe({ transform: true, whitelist: true, forbidNonWhitelisted: true }));
    app.connectMicroservice({ strategy: events.server }, { inheritAppConfig: true });
    await app.startAllMicroservices();
    await events.startRelay();
  };
  const state = async () => {
    const ids = { tutor_id: newId<PersonId>(), hold_id: newId<HoldId>(), slot_id: newId<SlotId>() };
    await db.transaction(async (tx) => announce(tx, SlotReleased.of(ids)));
    return ids;
  };
  const lastError = async (group: string): Promise<string | undefined> => {
    const rows = await test.source.query('select last_error from failed_deliveries where consumer_group = $1', [group]);
    return rows[0]?.last_error;
  };

  it('gets an event as its class, and the transaction that keeps the receipt', async () => {
    await boot(Consumer);
    const ids = await state();
    await until('the letter', async () => (await test.source.query('select * from letters')).length > 0);
    expect(seen[0]).toBeInstanceOf(SlotReleased);
    expect(seen[0]).toEqual(ids);
  });

  it('gets each of several events with its envelope, and acts because of it', async () => {
    await boot(Passer);
    const ids = await state();
    const held = { student_id: newId<PersonId>(), seat: 1, start_at: AT, end_at: AT, expires_at: AT, ...ids };
    await db.transaction(async (tx) => announce(tx, SlotHeld.of<SlotHeld>(held)));
    const ours = () => passed.filter(([{ hold_id }]) => hold_id === ids.hold_id);
    await until('both', () => ours().length === 2);
    const logged = 'select event_id from bus.log where key = $1 order by pos';
    const [first, second] = (await test.source.query(logged, [ids.tutor_id])) as { event_id: string }[];
    const [one, other] = [first!.event_id, second!.event_id];
    expect(ours()).toEqual([
      [SlotReleased.of(ids), one, 'scheduling.booking.SlotReleased.v1', `event ${one}`],
      [SlotHeld.of<SlotHeld>(held), other, 'scheduling.booking.SlotHeld.v1', `event ${other}`],
    ]);
  });

  it('fails with what it threw: the class decides about retries, and the SQLSTATE is kept', async () => {
    await boot(Consumer);
    await state();
    await until('the failure', async () => (await lastError('booking.divider')) !== undefined);
    expect(await lastError('booking.divider')).toContain('22012');
    const letters = "select error, attempts from dead_letters where consumer_group = 'booking.refuser'";
    await until('the dead letter', async () => (await test.source.query(letters)).length > 0);
    expect((await test.source.query(letters))[0]).toEqual({ error: 'NeverThat never_that: No.', attempts: 1 });
  });

  it('does not start beside another for the same event in its group', async () => {
    await expect(boot(TwoAtOnce)).rejects.toThrow(TwoHandlers);
  });

  it('does not start in a group that is not named after its service', async () => {
    await expect(boot(Intruder)).rejects.toThrow(GroupOfAnother);
  });

  it('does not start, and says why, in a database without an event log', async () => {
    const alone = await testDatabase('hermit', (url) => ownSchema(url, 'hermit', [], []));
    closing.push(() => alone.drop());
    const events = await openEvents({
      service: 'hermit',
      database: new Database(alone.source),
      databaseUrl: alone.url,
      kafka: null,
    });
    const admin = new Client({ connectionString: alone.adminUrl });
    await admin.connect();
    await admin.query('drop schema bus cascade');
    await admin.end();
    await expect(events.log.start([])).rejects.toThrow(NoEventLog);
  });
});
