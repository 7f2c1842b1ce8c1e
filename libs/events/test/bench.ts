import { randomUUID } from 'node:crypto';
import { Count, EventType, SchedulingEvent, Text, Uuid } from '@scheduling/contracts';
import { Database, ownSchema, type Tx } from '@scheduling/persistence';
import { type TestDatabase, testDatabase, until } from '@scheduling/testing';
import { DataSource } from 'typeorm';
import { announce } from '../src/announce.ts';
import { seal } from '../src/envelope.ts';
import type { EventLog } from '../src/event-log.ts';
import type { Patience } from '../src/failure.ts';
import type { KafkaCluster } from '../src/kafka-client.ts';
import { openLog, openSink } from '../src/open-events.ts';
import { Relay } from '../src/relay.ts';
import type { EventHandler, Handler } from '../src/subscription.ts';

/** Three attempts within a moment. */
export const HASTY: Patience = { attempts: 3, firstPauseMs: 5, longestPauseMs: 10 };

/** The events of a service that exists for a test only. */
function eventsOf(service: string) {
  const key = (event: { counter_id: string }) => event.counter_id;

  @EventType<Bumped>({ type: `scheduling.${service}.Bumped.v1`, key, examples: [] })
  class Bumped extends SchedulingEvent {
    @Uuid() readonly counter_id!: string;
    @Count(1, 1_000_000) readonly seq!: number;
  }

  @EventType<Noted>({ type: `scheduling.${service}.Noted.v1`, key, examples: [] })
  class Noted extends SchedulingEvent {
    @Uuid() readonly counter_id!: string;
    @Text(1, 100) readonly text!: string;
  }
  return { Bumped, Noted };
}

interface DeadLetter {
  readonly event_id: string;
  readonly attempts: number;
  readonly error: string;
  readonly resolved_at: Date | null;
}

export type Bumped = InstanceType<ReturnType<typeof eventsOf>['Bumped']>;
export type Noted = InstanceType<ReturnType<typeof eventsOf>['Noted']>;

const TABLES = `
  create table counters (id uuid primary key, seq int not null);
  create table effects (
    consumer_group text, counter_id uuid, seen int not null, last_seq int not null, disorders int not null,
    primary key (consumer_group, counter_id));
  create table notes (consumer_group text not null, counter_id uuid not null, text text not null, n bigint generated always as identity)`;

/** A service that counts, with as many replicas as a test wants. */
export class Bench {
  readonly events;
  private readonly running: { stop(): Promise<void> }[] = [];
  private groups = 0;

  private constructor(
    readonly service: string,
    private readonly kafka: KafkaCluster | null,
    readonly test: TestDatabase,
    readonly db: Database,
  ) {
    this.events = eventsOf(service);
  }

  static async open(service: string, kafka: KafkaCluster | null): Promise<Bench> {
    const test = await testDatabase(service, (url) => ownSchema(url, service, [], []));
    await test.source.query(TABLES);
    return new Bench(service, kafka, test, new Database(test.source));
  }

  /** A group that no test has had before. */
  group(): string {
    this.groups += 1;
    return `${this.service}.group${this.groups}`;
  }

  /** One more replica that listens, with connections of its own; it ends with the test. */
  async replica(group: string, ...handlers: EventHandler[]): Promise<EventLog> {
    const source = new DataSource({
      ...ownSchema(this.test.url, this.service, [], []),
      applicationName: `${this.service} consumer`,
    });
    const log = openLog(this.options(new Database(await source.initialize())), HASTY);
    this.running.push(log, { stop: () => source.destroy() });
    const byType = new Map(handlers.map((handler) => [this.typeOf(handler), handler]));
    await log.start(group ? [{ group, handlers: byType }] : []);
    return log;
  }

  /** One more replica that moves what was announced; it ends with the test. */
  relay(): void {
    const relay = new Relay(this.test.url, this.service, openSink(this.options(this.db)));
    relay.start();
    this.running.push(relay);
  }

  /** Ends what the test began. */
  async rest(): Promise<void> {
    for (const one of this.running.splice(0)) await one.stop();
  }

  /** Counts one further, and says so in the same transaction. */
  bump(counter: string): Promise<number> {
    return this.db.transaction(async (tx) => {
      const [{ seq } = { seq: 0 }] = await tx.sql<{ seq: number }>`
        insert into counters values (${counter}, 1) on conflict (id) do update set seq = counters.seq + 1 returning seq`;
      announce(tx, this.events.Bumped.of({ counter_id: counter, seq }));
      return seq;
    });
  }

  /** Announces a note. */
  say(tx: Tx, counter: string, text: string): void {
    announce(tx, this.events.Noted.of({ counter_id: counter, text }));
  }

  note(counter: string, text: string): Promise<void> {
    return this.db.transaction(async (tx) => this.say(tx, counter, text));
  }

  /** Puts a note into the outbox that its class would have refused. */
  async sayNonsense(counter: string): Promise<void> {
    await this.db.transaction(async (tx) => {
      const envelope = seal(this.events.Noted.of({ counter_id: counter, text: 'x' }), tx.now);
      await tx.sql`
        insert into outbox (event_id, topic, key, type, envelope)
        values (${envelope.id}, ${`scheduling.${this.service}`}, ${counter}, ${envelope.type},
                ${{ ...envelope, data: { counter_id: counter } }})`;
    });
  }

  /** An instant, by the database's clock, after which some milliseconds have passed before it is given. */
  async momentLater(): Promise<Date> {
    const [{ now }] = await this.test.source.query('select pg_sleep(0.02), clock_timestamp() as now, pg_sleep(0.02)');
    return now;
  }

  /** A consumer that counts what it sees, and how often the order was broken. */
  counting(group: string): EventHandler {
    return this.handler(this.events.Bumped, (tx, event) => this.count(tx, group, event));
  }

  /** A consumer that keeps notes, and may do something else first. */
  noting(group: string, first: (event: Noted, tx: Tx) => unknown = () => undefined): EventHandler {
    return this.handler(this.events.Noted, async (tx, event) => {
      await tx.sql`insert into notes values (${group}, ${event.counter_id}, ${event.text})`;
      await first(event, tx);
    });
  }

  async seen(group: string, counter: string): Promise<{ seen: number; disorders: number }> {
    const rows = await this.test.source.query(
      'select seen, disorders from effects where consumer_group = $1 and counter_id = $2',
      [group, counter],
    );
    return rows[0] ?? { seen: 0, disorders: 0 };
  }

  async notes(group: string, counter: string): Promise<string[]> {
    const rows: { text: string }[] = await this.test.source.query(
      'select text from notes where consumer_group = $1 and counter_id = $2 order by n',
      [group, counter],
    );
    return rows.map(({ text }) => text);
  }

  /** What a group has given up about a counter. */
  async deadLetters(group: string, counter: string): Promise<DeadLetter[]> {
    return this.test.source.query(
      "select * from dead_letters where consumer_group = $1 and envelope ->> 'partitionkey' = $2",
      [group, counter],
    );
  }

  untilSeen(group: string, counter: string, many: number): Promise<void> {
    return until(`${many} events in ${group}`, async () => (await this.seen(group, counter)).seen >= many);
  }

  untilNoted(group: string, counter: string, text: string): Promise<void> {
    return until(`the note "${text}" in ${group}`, async () => (await this.notes(group, counter)).includes(text));
  }

  /** Waits until a group has passed everything. */
  untilCaughtUp(log: EventLog): Promise<void> {
    return until('nothing left', async () => (await log.lag()).every(({ behind }) => behind === 0));
  }

  private async count(tx: Tx, group: string, { counter_id, seq }: Bumped): Promise<void> {
    await tx.sql`
      insert into effects as known values (${group}, ${counter_id}, 1, ${seq}, ${seq === 1 ? 0 : 1})
      on conflict (consumer_group, counter_id)
      do update set seen = known.seen + 1, last_seq = excluded.last_seq,
                    disorders = known.disorders + (excluded.last_seq <> known.last_seq + 1)::int`;
  }

  private handler<E extends SchedulingEvent>(event: new () => E, handle: Handler<E>): EventHandler {
    return { event, handle: handle as Handler<SchedulingEvent> };
  }

  private typeOf({ event }: EventHandler): string {
    return `scheduling.${this.service}.${event.name}.v1`;
  }

  private options(database: Database) {
    return { service: this.service, database, databaseUrl: this.test.url, kafka: this.kafka };
  }
}

/** A counter that no test has had before. */
export const newCounter = () => randomUUID();

/** Repeats work, one after the other. */
export async function times(many: number, work: () => Promise<unknown>): Promise<void> {
  for (let i = 0; i < many; i++) await work();
}
