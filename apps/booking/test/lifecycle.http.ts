import type { PersonId, Role } from '@scheduling/domain';
import { FROZEN_CLOCK } from '@scheduling/persistence';
import { readConfig, run } from '@scheduling/service-kit';
import { testIssuer } from '@scheduling/testing';
import { BookingConfig } from '../src/config.ts';
import { service } from '../src/service.ts';
import type { Scenario } from './scenario.ts';

const API = '/api/v1/scheduling';

/** Who asks: a person by their id, with the roles of a student and a tutor unless told otherwise. */
export interface Asker {
  readonly id: PersonId;
  readonly roles?: Role[];
  readonly claims?: Record<string, unknown>;
}

/** The service itself on the database of a story, and a way to ask it. */
export async function openDoor({ url, clock }: Pick<Scenario, 'url' | 'clock'>) {
  const issuer = await testIssuer();
  const env = { PORT: '0', HOST: '127.0.0.1', DATABASE_URL: url, AUTH_ISSUER: issuer.url, LOG_LEVEL: 'error' };
  const running = await run(service, readConfig(BookingConfig, env), [{ provide: FROZEN_CLOCK, useValue: clock }]);

  const ask = async (method: string, path: string, who: Asker, body?: unknown, more: Record<string, string> = {}) => {
    const token = await issuer.token({ roles: ['student', 'tutor'], ...who });
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json', ...more };
    const sent = body === undefined ? {} : { body: JSON.stringify(body) };
    const answer = await fetch(running.url + API + path, { method, headers, ...sent });
    return { status: answer.status, headers: answer.headers, text: await answer.text() };
  };
  return {
    /** Asks for something that is no JSON. */
    ask,
    /** Asks for JSON: the status and the body. */
    async call(method: string, path: string, who: Asker, body?: unknown) {
      const { status, text } = await ask(method, path, who, body);
      return { status, body: JSON.parse(text) };
    },
    async close() {
      await running.close();
      await issuer.close();
    },
  };
}

export type Door = Awaited<ReturnType<typeof openDoor>>;
