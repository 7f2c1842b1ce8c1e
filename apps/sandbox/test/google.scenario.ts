import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { FrozenClock } from '@scheduling/testing';
import { CodeChallengeMethod, type Credentials, OAuth2Client } from 'google-auth-library';
import { calendar, type calendar_v3 } from 'googleapis/build/src/apis/calendar';
import { GoogleDouble } from '../src/google/google-double.ts';

export const EMAIL = 'ada@example.org';
export const REDIRECT = 'http://localhost:3000/back';
export const SCOPES = ['calendar.events', 'calendar.freebusy', 'calendar.calendarlist.readonly'].map(
  (name) => `https://www.googleapis.com/auth/${name}`,
);
const VERIFIER = 'v'.repeat(64);
/** `VERIFIER`, hashed as S256 has it. */
const CHALLENGE = 'w1TpKUdYE9hUAcNSeeSRFioHDxfUxuHho_JHAfZ_vDM';

/** A double with the real clients beside it, and time that stands still at 2026-11-22T10:11:12Z. */
export interface GoogleScenario {
  readonly double: GoogleDouble;
  readonly clock: FrozenClock;
  readonly oauth: OAuth2Client;
  /** Where a browser goes to agree. */
  readonly url: (more?: Parameters<OAuth2Client['generateAuthUrl']>[0]) => string;
  readonly tokens: (code: string) => Promise<Credentials>;
  /** The calendar's client of a person who has agreed to everything. */
  readonly as: (email?: string) => Promise<calendar_v3.Calendar>;
  readonly close: () => Promise<void>;
}

export async function googleScenario(): Promise<GoogleScenario> {
  const clock = new FrozenClock(new Date('2026-11-22T10:11:12Z'));
  const double = await GoogleDouble.listen({ clock });
  const oauth = new OAuth2Client({
    clientId: 'sandbox',
    clientSecret: 'sandbox-secret',
    redirectUri: REDIRECT,
    transporterOptions: { retry: false, fetchImplementation: fetch },
    endpoints: {
      oauth2AuthBaseUrl: `${double.url}/o/oauth2/v2/auth`,
      oauth2TokenUrl: `${double.url}/token`,
      oauth2RevokeUrl: `${double.url}/revoke`,
    },
  });
  const url: GoogleScenario['url'] = (more = {}) =>
    oauth.generateAuthUrl({
      access_type: 'offline',
      prompt: 'consent',
      scope: SCOPES,
      state: 'state',
      code_challenge: CHALLENGE,
      code_challenge_method: CodeChallengeMethod.S256,
      ...more,
    });
  const tokens = async (code: string) => (await oauth.getToken({ code, codeVerifier: VERIFIER })).tokens;
  const as = async (email = EMAIL) => {
    const auth = new OAuth2Client();
    auth.setCredentials({ access_token: (await tokens(double.consent(url(), email))).access_token! });
    return calendar({ version: 'v3', auth, rootUrl: `${double.url}/`, retry: false, fetchImplementation: fetch });
  };
  return { double, clock, oauth, url, tokens, as, close: () => double.close() };
}

/** What was refused: the status (0 where the connection was cut) and Google's word for it. */
export async function refusal(asked: Promise<unknown>): Promise<{ status: number; reason: string }> {
  const failed = await asked.then(
    () => undefined,
    (error: { status: number; response?: { data?: { error?: unknown } } }) => error,
  );
  const said = failed?.response?.data?.error as string | { errors: { reason: string }[] } | undefined;
  return {
    status: failed ? (failed.status ?? 0) : 200,
    reason: typeof said === 'string' ? said : (said?.errors[0]?.reason ?? 'none'),
  };
}

/** A listener for pushes, with what came to it. */
export interface Listener {
  readonly url: string;
  readonly pushes: IncomingHttpHeaders[];
  /** What it answers from now on. */
  status: number;
  readonly close: () => Promise<void>;
}

export async function listener(): Promise<Listener> {
  const pushes: IncomingHttpHeaders[] = [];
  const server = createServer((request, response) => {
    pushes.push(request.headers);
    response.writeHead(heard.status).end();
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const heard: Listener = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/pushes`,
    pushes,
    status: 200,
    close: async () => {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
  return heard;
}

/** A time of so many hours on 1 December 2026. */
export const hour = (hours: number): Date => new Date(Date.UTC(2026, 11, 1, hours));

/** An event's body of an hour on 1 December 2026. */
export const lesson = (hours: number, more: calendar_v3.Schema$Event = {}): calendar_v3.Schema$Event => ({
  summary: 'Lesson',
  start: { dateTime: hour(hours).toISOString() },
  end: { dateTime: hour(hours + 1).toISOString() },
  ...more,
});
