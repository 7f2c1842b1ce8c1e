import { setTimeout as pause } from 'node:timers/promises';
import { Clock } from '@scheduling/domain';
import { Inject, Injectable, Optional } from '@nestjs/common';
import type { PoolClient, QueryResult } from 'pg';
import {
  DataSource,
  type EntityManager,
  type EntityTarget,
  type ObjectLiteral,
  type QueryRunner,
  type Repository,
} from 'typeorm';
import { isOverloaded, isTransient } from './postgres-errors.ts';
import { TryAgain } from './try-again.errors.ts';

class OpenTransaction {
  readonly #client: PoolClient;
  readonly #manager: EntityManager;
  readonly #closing: (() => Promise<void>)[] = [];

  constructor(
    client: PoolClient,
    manager: EntityManager,
    /** The instant that this transaction decides by: the database's, at BEGIN. */
    readonly now: Date,
  ) {
    this.#client = client;
    this.#manager = manager;
  }

  /** Runs one statement, each value bound as a parameter, and gives its rows. */
  sql<Row = never>(text: TemplateStringsArray, ...values: unknown[]): Promise<Row[]> {
    return this.query<Row>(
      text.reduce((before, after, i) => `${before}$${i}${after}`),
      values,
    );
  }

  /** Runs one statement whose text is put together by the caller, never from what a user wrote. */
  async query<Row = never>(text: string, values: readonly unknown[]): Promise<Row[]> {
    const { rows } = await this.#client.query(text, [...values]);
    return rows;
  }

  /** TypeORM's repository of an entity, inside this transaction. */
  repository<Entity extends ObjectLiteral>(entity: EntityTarget<Entity>): Repository<Entity> {
    return this.#manager.getRepository(entity);
  }

  /** Keeps work for the last moment before COMMIT, when everything else has been written. */
  beforeCommit(work: () => Promise<void>): void {
    this.#closing.push(work);
  }

  /** Does what was kept for the last moment; only `Database` calls it. */
  async close(): Promise<void> {
    for (const work of this.#closing) await work();
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
const BEGIN = "begin; select date_trunc('milliseconds', now()) as now";

@Injectable()
export class Database {
  constructor(
    private readonly source: DataSource,
    @Optional() @Inject(FROZEN_CLOCK) private readonly frozen?: Clock,
  ) {}

  /**
   * Commits all that the work wrote, or nothing.
   * The work holds SQL and decisions only, so it may run again when PostgreSQL breaks a deadlock or a lock is not to be had:
   * 4 times at most, none of which begins after 6 seconds. Then, or without a connection, it throws TryAgain.
   */
  async transaction<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    const deadline = Date.now() + PATIENCE_MS;
    for (let attempt = 1; ; attempt++) {
      try {
        return await this.attempt(work);
      } catch (error) {
        if (isOverloaded(error)) throw new TryAgain(error);
        if (!isTransient(error)) throw error;
        if (attempt === ATTEMPTS || Date.now() > deadline) throw new TryAgain(error);
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
      const tx = new OpenTransaction(client, runner.manager, this.frozen?.now() ?? now);
      try {
        const result = await work(tx);
        await tx.close();
        await client.query('commit');
        return result;
      } catch (error) {
        await rollback(client, error);
        throw error;
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
