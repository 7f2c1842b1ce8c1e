import type { DataSourceOptions } from 'typeorm';
import { testDatabase } from './test-database.ts';
import { testIssuer } from './test-issuer.ts';
import { tokenAttacks } from './token-attacks.ts';

/** How a service is started and asked. */
export interface Attacked {
  readonly schema: readonly [name: string, options: (url: string) => DataSourceOptions];
  readonly start: (
    env: Record<string, string>,
  ) => Promise<{ readonly url: string; readonly close: () => Promise<void> }>;
  /** A path that only somebody who is signed in may read. */
  readonly path: string;
}

/** A head of this size is refused by the server of Node itself, before anything reads the token. */
const LARGEST_HEAD = 16_000;

/** The answer to a good token, and to every forged one that was not refused with 401. */
export async function tokensTaken({ schema, start, path }: Attacked): Promise<[what: string, status: number][]> {
  const [test, issuer] = await Promise.all([testDatabase(...schema), testIssuer()]);
  const env = { PORT: '0', HOST: '127.0.0.1', LOG_LEVEL: 'error', DATABASE_URL: test.url, AUTH_ISSUER: issuer.url };
  const running = await start(env);
  try {
    const good = await issuer.token({ roles: ['student', 'tutor'] });
    const attacks = tokenAttacks({ issuer: issuer.url, jwk: issuer.jwk, good });
    const forged = attacks.filter(([, token]) => token.length < LARGEST_HEAD);
    const taken: [string, number][] = [];
    for (const [what, token] of [['a good one', good] as const, ...forged]) {
      const answer = await fetch(running.url + path, { headers: { authorization: `Bearer ${token}` } });
      await answer.arrayBuffer();
      if (answer.status !== 401) taken.push([what, answer.status]);
    }
    return taken;
  } finally {
    await running.close();
    await test.drop();
    await issuer.close();
  }
}
