import { setTimeout as pause } from 'node:timers/promises';

/** How long one request may take, in milliseconds. */
const PATIENCE = 20_000;
/** Bounds of the repeats of one request. */
const MOST_TRIES = 300;
const MOST_SECONDS = 120;
const REST = { first: 50, longest: 800 };
const MOST_TOLD = 10;

/** What a request came to that no repeat could help. */
export class Refused extends Error {}

/** The public API as a client sees it that does not give up: what got no answer, or a 502 to 504, is sent again. */
export class Api {
  /** How many requests had to be sent again. */
  repeats = 0;
  /** What the first of these came to. */
  troubles = [];

  constructor(gateway, random, signal) {
    Object.assign(this, { gateway, random, signal });
  }

  /** Sends a request until it is answered; answers the body of a success, throws `Refused` for anything final. */
  async send(method, path, { token, body, key } = {}) {
    const headers = body ? { 'content-type': 'application/json' } : {};
    if (token) headers.authorization = `Bearer ${token}`;
    if (key) headers['idempotency-key'] = key;
    const request = { method, headers, ...(body && { body: JSON.stringify(body) }) };
    const until = performance.now() + MOST_SECONDS * 1000;
    let rest = REST.first;
    for (let tries = 1; ; tries += 1) {
      const answer = await this.#once(path, request);
      if (answer.status >= 200 && answer.status < 300) return answer.body;
      const what = `${method} ${path} → ${answer.status} ${JSON.stringify(answer.body).slice(0, 300)}`;
      if (!isWorthRepeating(answer)) throw new Refused(what);
      if (tries === MOST_TRIES || performance.now() > until) throw new Refused(`${what}, after ${tries} tries`);
      this.repeats += 1;
      if (this.troubles.length < MOST_TOLD) this.troubles.push(what);
      await pause(rest * this.random.between(0.5, 1.5), undefined, { signal: this.signal });
      rest = Math.min(rest * 1.5, REST.longest);
    }
  }

  async #once(path, request) {
    try {
      const signal = AbortSignal.any([this.signal, AbortSignal.timeout(PATIENCE)]);
      const answer = await fetch(this.gateway + path, { ...request, signal });
      const text = await answer.text();
      const isJson = /json/.test(answer.headers.get('content-type') ?? '');
      return { status: answer.status, body: isJson ? JSON.parse(text) : text };
    } catch (error) {
      this.signal.throwIfAborted();
      return { status: 0, body: String(error.cause?.code ?? error.message) };
    }
  }
}

/** No answer, a service that is not there, or the same request still being worked on. A 500 is a fault and stays one. */
const isWorthRepeating = ({ status, body }) => status === 0 || status > 500 || body.code === 'request_in_flight';
