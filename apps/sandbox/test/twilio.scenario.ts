import { createServer } from 'node:http';
import { closeServer, portOf } from '../src/doubles/http-server.ts';
import { FrozenClock } from '@scheduling/testing';
import twilio from 'twilio';
import { TwilioDouble } from '../src/twilio/twilio-double.ts';

export const SID = `AC${'a'.repeat(32)}`;
const TOKEN = 'hush';
export const NUMBER = '+15005550006';
export const PHONE = '+380501234567';

/** What a listener was told, and whether it was signed. */
export interface Told {
  readonly url: string;
  readonly params: Readonly<Record<string, string>>;
  readonly isSigned: boolean;
}

/** A double at a standing clock, Twilio's own client beside it, and somebody who listens to what it tells. */
export async function scenario() {
  const clock = new FrozenClock(new Date('2026-11-23T10:00:00Z'));
  const double = await TwilioDouble.listen({ accountSid: SID, authToken: TOKEN, clock });
  const client = twilio(SID, TOKEN);
  client.api.baseUrl = double.url;
  const told: Told[] = [];
  const listener = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const params = Object.fromEntries(new URLSearchParams(Buffer.concat(chunks).toString()));
      const url = `${listening}${request.url}`;
      const signature = String(request.headers['x-twilio-signature']);
      told.push({ url, params, isSigned: twilio.validateRequest(TOKEN, signature, url, params) });
      response.writeHead(204).end();
    });
  });
  await new Promise<void>((ready) => void listener.listen(0, '127.0.0.1', ready));
  const listening = `http://127.0.0.1:${portOf(listener)}`;
  return {
    double,
    client,
    clock,
    told,
    listening,
    /** Asks for a text. */
    text: (more: { to?: string; body?: string; statusCallback?: string; validityPeriod?: number } = {}) =>
      client.messages.create({ to: PHONE, from: NUMBER, body: 'Hello', ...more }),
    /** How a request fails. */
    refusal: async (request: Promise<unknown>): Promise<{ status?: number; code?: number | string }> =>
      request.then(
        () => ({}),
        ({ status, code }) => ({ status, code }),
      ),
    async end(): Promise<void> {
      await double.close();
      await closeServer(listener);
    },
  };
}

export type Scenario = Awaited<ReturnType<typeof scenario>>;
