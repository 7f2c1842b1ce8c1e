import type { Clock } from '@scheduling/domain';
import type { Pool, PoolClient } from 'pg';
import { isOverloaded, isTransient } from './postgres-errors.ts';
import { placeOf, type StatementWatch } from './statement-watch.ts';
import { namedStatement } from './statements.ts';
import { TryAgain } from './try-again.errors.ts';

// Milliseconds are all that a JavaScript Date keeps: cut here, so that what is stored and what was decided by are equal.
export const DATABASE_NOW = "date_trunc('milliseconds', now())";

/** Stands in a statement of a `Glance` for the instant that it reads by: the database's, at its beginning. */
export const NOW = Symbol('now');

/** A look at the database outside any transaction: each statement sees its own moment, and nothing may be decided by it. */
export class Glance {
  constructor(
    private readonly pool: Pool,
    private readonly statements: StatementWatch,
    private readonly frozen: Clock | undefined,
  ) {}

  /** Runs one statement that writes nothing, planned once a connection, each value bound as a parameter, and gives its rows. */
  sql<Row = never>(text: TemplateStringsArray, ...values: unknown[]): Promise<Row[]> {
    return this.run(text, values, () => undefined);
  }

  protected async run<Row>(text: TemplateStringsArray, values: readonly unknown[], onSent: () => void): Promise<Row[]> {
    const statement = namedStatement(text, (template) => withNow(template, values));
    const frozen = this.frozen?.now() ?? null;
    // Whoever has waited does not know who called.
    const place = placeOf(text);
    const client = await this.connect();
    try {
      return await this.statements.watch(place, async () => {
        const answer = client.query({
          ...statement,
          values: values.map((value) => (value === NOW ? frozen : value)),
        });
        onSent();
        return (await answer).rows;
      });
    } catch (error) {
      if (isOverloaded(error) || isTransient(error)) throw new TryAgain(error);
      throw error;
    } finally {
      client.release();
    }
  }

  private async connect(): Promise<PoolClient> {
    try {
      return await this.pool.connect();
    } catch (error) {
      throw new TryAgain(error);
    }
  }
}

/** One statement that writes, and is a transaction of its own: for what is decided already and must be on its way at once. */
export class Stroke extends Glance {
  constructor(
    pool: Pool,
    statements: StatementWatch,
    frozen: Clock | undefined,
    /** Hears when the statement has left: PostgreSQL carries it out from then on, whatever becomes of this process. */
    private readonly onSent: () => void,
  ) {
    super(pool, statements, frozen);
  }

  override sql<Row = never>(text: TemplateStringsArray, ...values: unknown[]): Promise<Row[]> {
    return this.run(text, values, this.onSent);
  }
}

const withNow = (text: TemplateStringsArray, values: readonly unknown[]): string =>
  text.reduce((before, after, i) => {
    const parameter = values[i - 1] === NOW ? `coalesce($${i}::timestamptz, ${DATABASE_NOW})` : `$${i}`;
    return `${before}${parameter}${after}`;
  });
