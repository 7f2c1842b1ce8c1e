import { setTimeout as pause } from 'node:timers/promises';
import { Clock } from '@scheduling/domain';
import { Inject, Injectable, Optional } from '@nestjs/common';
import type { Pool, PoolClient, QueryConfig, QueryResult } from 'pg';
import {
  DataSource,
  type EntityManager,
  type EntityTarget,
  type ObjectLiteral,
  type QueryRunner,
  type Repository,
} from 'typeorm';
import type { PostgresDriver } from 'typeorm/driver/postgres/PostgresDriver.js';
import { DATABASE_NOW, Glance, Stroke } from './glance.ts';
import { isOverloaded, isTransient, sqlStateOf } from './postgres-errors.ts';
import { placeOf, StatementWatch, summaryOf } from './statement-watch.ts';
import { bound, type NamedStatement, namedStatement } from './statements.ts';
import { asStep } from './tracing.ts';
import { TryAgain } from './try-again.errors.ts';

class OpenTransaction {
  readonly #client: PoolClient;
  readonly #manager: EntityManager;
  readonly #underway: Promise<unknown>[] = [];
  readonly #closing: (() => Promise<void>)[] = [];
  readonly #last: (() => Promise<void>)[] = [];
  readonly #afterwards: (() => void)[] = [];

  constructor(
    client: PoolClient,
    manager: EntityManager,
    /** The instant that this transaction decides by: the database's, at BEGIN. */
    readonly now: Date,
    /** Whose transaction it is. */
    readonly database: Database,
  ) {
    this.#client = client;
    this.#manager = manager;
  }

  /** Runs one statement, each value bound as a parameter, and gives its rows. */
  sql<Row = never>(text: TemplateStringsArray, ...values: unknown[]): Promise<Row[]> {
    return this.ask<Row>(placeOf(text), { text: bound(text), values });
  }

  /**
   * Runs one statement like `sql`, planned once a connection: for what is run so often that planning would cost more than
   * the work. It names its columns, since a plan outlives a migration beside it.
   */
  prepared<Row = never>(text: TemplateStringsArray, ...values: unknown[]): Promise<Row[]> {
    return this.ask<Row>(placeOf(text), { ...namedStatement(text), values });
  }

  /** Runs a statement that was put together once, planned once a connection like a prepared one. */
  run<Row = never>(prepared: NamedStatement, values: readonly unknown[]): Promise<Row[]> {
    return this.ask<Row>(summaryOf(prepared.text), { ...prepared, values: [...values] });
  }

  /** Runs one statement whose text is put together by the caller, never from what a user wrote. */
  query<Row = never>(text: string, values: readonly unknown[]): Promise<Row[]> {
    return this.ask<Row>(summaryOf(text), { text, values: [...values] });
  }

  /** TypeORM's repository of an entity, inside this transaction. */
  repository<Entity extends ObjectLiteral>(entity: EntityTarget<Entity>): Repository<Entity> {
    return this.#manager.getRepository(entity);
  }

  /**
   * Lets a write go on its way: what is asked next is sent behind it, and COMMIT waits for it. If it fails, all of it fails, for its
   * reason.
   */
  underway(write: Promise<unknown>): void {
    this.#underway.push(write);
    write.catch(() => undefined);
  }

  /** Keeps work for the last moment before COMMIT, when everything else has been written; it may still state facts. */
  beforeCommit(work: () => Promise<void>): void {
    this.#closing.push(work);
  }

  /** Keeps the very last statement: COMMIT is sent right behind it, without waiting for its answer. */
  lastly(statement: () => Promise<void>): void {
    this.#last.push(statement);
  }

  /** Keeps work for when all of this is committed; it must not throw, and a crash may come before it. */
  afterCommit(work: () => void): void {
    this.#afterwards.push(work);
  }

  /** Sends what was kept for the last moment and COMMIT, without waiting in between; only `Database` calls it. */
  async commit(): Promise<void> {
    for (const work of this.#closing) await work();
    for (const statement of this.#last) this.underway(statement());
    // PostgreSQL makes a rollback of it where anything before it failed.
    this.underway(this.#client.query('commit'));
    const failure = await this.failure();
    if (failure !== undefined) throw failure;
  }

  private ask<Row>(name: string, statement: QueryConfig): Promise<Row[]> {
    return this.database.statements.watch(name, async () => (await this.#client.query(statement)).rows as Row[]);
  }

  /** Why the first of the writes underway failed, once all have been answered; undefined if none did. */
  async failure(): Promise<unknown> {
    const ends = await Promise.allSettled(this.#underway);
    return ends.find((end) => end.status === 'rejected')?.reason;
  }

  /** Does what was kept for after the commit; only `Database` calls it. */
  committed(): void {
    for (const work of this.#afterwards) work();
  }
}

/** A transaction in progress. Its class stays in this file, so nothing else can pass for one. */
export type Tx = OpenTransaction;

/** Where a test puts the clock that every transaction then decides by. */
export const FROZEN_CLOCK = Symbol('frozen clock');

const ATTEMPTS = 4;
/** No further attempt begins after so long: whoever asked has given up soon after. */
const PATIENCE_MS = 6000;
// Milliseconds are all that a JavaScript Date keeps: cut here, so that what is stored and what was decided by are equal.
const BEGIN = `begin; select ${DATABASE_NOW} as now`;

@Injectable()
export class Database {
  /** Who sees each statement go by. */
  readonly statements = new StatementWatch();
  private retrying: (sqlState: string) => void = () => undefined;

  constructor(
    private readonly source: DataSource,
    @Optional() @Inject(FROZEN_CLOCK) private readonly frozen?: Clock,
  ) {}

  /**
   * Commits all that the work wrote, or nothing.
   * The work holds SQL and decisions only, so it may run again when PostgreSQL breaks a deadlock or a lock is not to be had:
   * 4 times at most, none of which begins after 6 seconds. Then, or without a connection, it throws TryAgain.
   */
  transaction<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    return asStep({ name: 'transaction' }, () => this.repeated(work));
  }

  /** Has each further attempt told, with what PostgreSQL ended the one before for. */
  onRetry(tell: (sqlState: string) => void): void {
    this.retrying = tell;
  }

  /** The schema that a service calls its own. */
  get schema(): string {
    return String((this.source.options as { schema?: string }).schema);
  }

  /** Reads without a transaction, in one round trip a statement: for lists, never for decisions. */
  glance(): Glance {
    return new Glance(this.pool, this.statements, this.frozen);
  }

  /** Writes by one statement, in one round trip; `onSent` hears when it has left, after which it no longer matters whether this process lives. */
  stroke(onSent: () => void = () => undefined): Stroke {
    return new Stroke(this.pool, this.statements, this.frozen, onSent);
  }

  /** The connections of this process: all there are, those at rest, and requests that wait for one. */
  get connections(): { total: number; idle: number; waiting: number } {
    const { totalCount: total, idleCount: idle, waitingCount: waiting } = this.pool;
    return { total, idle, waiting };
  }

  private get pool(): Pool {
    return (this.source.driver as PostgresDriver).master;
  }

  private async repeated<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    const deadline = Date.now() + PATIENCE_MS;
    for (let attempt = 1; ; attempt++) {
      try {
        return await this.attempt(work);
      } catch (error) {
        if (isOverloaded(error)) throw new TryAgain(error);
        if (!isTransient(error)) throw error;
        if (attempt === ATTEMPTS || Date.now() > deadline) throw new TryAgain(error);
        this.retrying(sqlStateOf(error)!);
        await pause(Math.random() * 20 * 2 ** attempt);
      }
    }
  }

  private async attempt<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    const runner = this.source.createQueryRunner();
    try {
      const [client, now] = await begin(runner);
      // TypeORM must not open a transaction of its own inside the one that BEGIN opened together with its instant.
      Object.assign(runner, { isTransactionActive: true });
      const tx = new OpenTransaction(client, runner.manager, this.frozen?.now() ?? now, this);
      try {
        const result = await work(tx);
        await tx.commit();
        tx.committed();
        return result;
      } catch (error) {
        // Whatever came behind a write that failed only says that the transaction is over.
        const cause = (await tx.failure()) ?? error;
        await rollback(client, cause);
        throw cause;
      }
    } finally {
      await runner.release();
    }
  }
}

async function begin(runner: QueryRunner): Promise<[PoolClient, Date]> {
  try {
    const client: PoolClient = await runner.connect();
    // Two statements sent as one text come back as two results, which the driver's types do not know.
    const answers: unknown = await client.query(BEGIN);
    const [, instant] = answers as [QueryResult, QueryResult<{ now: Date }>];
    return [client, instant.rows[0]!.now];
  } catch (error) {
    // No connection was to be had, or it was lost: nothing has been done yet.
    throw new TryAgain(error);
  }
}

async function rollback(client: PoolClient, cause: unknown): Promise<void> {
  try {
    await client.query('rollback');
  } catch (error) {
    // The connection is gone, and the server rolls back by itself: why the work failed matters more.
    if (cause instanceof Error) cause.cause ??= error;
  }
}
