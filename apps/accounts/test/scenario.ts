import type { UserChanged } from '@scheduling/contracts';
import { run } from '@scheduling/service-kit';
import { testDatabase, testIssuer } from '@scheduling/testing';
import { AccountsConfig } from '../src/config.ts';
import { accountsSchema } from '../src/schema.ts';
import { service } from '../src/service.ts';

const API = '/api/v1/accounts';

/** What a test sends; a body is written as JSON. */
interface Ask {
  readonly method?: string;
  readonly body?: object;
  readonly headers?: Record<string, string>;
}

/** Accounts over HTTP with a database of its own, trusting an outside issuer. */
export async function scenario(settings: Partial<AccountsConfig> = {}) {
  const issuer = await testIssuer();
  const test = await testDatabase('accounts', accountsSchema);
  const config = Object.assign(new AccountsConfig(), {
    PORT: 0,
    HOST: '127.0.0.1',
    LOG_LEVEL: 'error',
    AUTH_ISSUER: issuer.url,
    DATABASE_URL: test.url,
    ...settings,
  });
  const running = await run(service, config);

  const ask = (path: string, token?: string, { method = 'GET', body, headers = {} }: Ask = {}) =>
    fetch(`${running.url}${API}${path}`, {
      method,
      headers: {
        ...(token && { authorization: `Bearer ${token}` }),
        ...(body && { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body && { body: JSON.stringify(body) }),
    });

  return {
    url: running.url,
    adminUrl: test.adminUrl,
    source: test.source,
    issuer,
    ask,
    /** The status and what matters of the answer. */
    said: async (answer: Promise<Response>): Promise<Record<string, unknown> & { status: number }> => {
      const response = await answer;
      const body = (await response.json()) as Record<string, unknown>;
      return { ...body, status: response.status };
    },
    /** Every UserChanged that was announced, wherever it is on its way, the oldest first. */
    announced: async (): Promise<UserChanged[]> => {
      const rows: { data: UserChanged }[] = await test.source.query(`
        select data from (
          select 1 as place, id, envelope -> 'data' as data from outbox
           union all
          select 0 as place, pos as id, envelope -> 'data' as data from bus.log
        ) as said order by place, id`);
      return rows.map(({ data }) => data);
    },
    rows: async (): Promise<Record<string, unknown>[]> => test.source.query('select * from users order by created_at'),
    close: async () => {
      await running.close();
      await test.drop();
      await issuer.close();
    },
  };
}

export type Scenario = Awaited<ReturnType<typeof scenario>>;
