import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import { get as getByHttp } from 'node:http';
import { get as getByHttps } from 'node:https';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { AddressRefused, type OutsideDoor } from '@scheduling/service-kit';
import { FileFailure, type FileProblem } from './reading.errors.ts';

const MOST_OCTETS = 2_000_000;
const MOST_REDIRECTS = 3;
/** How long all of it may take, redirects included, in milliseconds. */
const PATIENCE = 10_000;
const unfold = promisify(gunzip);

/** What of a file was had before, so that it is not sent again. */
export interface Seen {
  readonly etag: string | null;
  readonly lastModified: string | null;
}

/** A calendar file as it was sent. */
export interface Sent extends Seen {
  readonly text: string;
}

/** Gets calendar files from addresses that people gave us: those are theirs to choose, so nothing about them is trusted. */
export class CalendarFetch {
  constructor(
    private readonly door: OutsideDoor,
    private readonly patience = PATIENCE,
  ) {}

  /** Gets a file, or null where it has not changed; throws `FileFailure`. */
  async get(address: string, seen: Seen): Promise<Sent | null> {
    const deadline = AbortSignal.timeout(this.patience);
    try {
      return await this.follow(new URL(address), seen, deadline);
    } catch (error) {
      throw failureOf(error, deadline.aborted);
    }
  }

  private async follow(first: URL, seen: Seen, deadline: AbortSignal): Promise<Sent | null> {
    let url = first;
    for (let redirects = 0; redirects <= MOST_REDIRECTS; redirects++) {
      const response = await this.ask(url, seen, deadline);
      const next = redirectOf(response);
      if (next === undefined) return await answerOf(response, seen);
      response.destroy();
      url = new URL(next, url);
    }
    throw new FileFailure('too_many_redirects');
  }

  private ask(url: URL, { etag, lastModified }: Seen, signal: AbortSignal): Promise<IncomingMessage> {
    if (!this.door.admits(url)) throw new FileFailure('address_not_allowed');
    const headers = {
      accept: 'text/calendar, */*;q=0.1',
      'accept-encoding': 'gzip',
      'user-agent': 'preply-scheduling',
      ...(etag !== null && { 'if-none-match': etag }),
      ...(lastModified !== null && { 'if-modified-since': lastModified }),
    };
    const get = url.protocol === 'https:' ? getByHttps : getByHttp;
    // A connection of its own for each: one that is kept would skip the look at its address.
    const options = { headers, signal, lookup: this.door.lookupFor(url), agent: false };
    return new Promise((answered, failed) => {
      get(url, options, answered).on('error', failed);
    });
  }
}

function redirectOf({ statusCode = 0, headers }: IncomingMessage): string | undefined {
  return [301, 302, 303, 307, 308].includes(statusCode) ? headers.location : undefined;
}

async function answerOf(response: IncomingMessage, seen: Seen): Promise<Sent | null> {
  const { statusCode = 0, headers } = response;
  const isConditional = seen.etag !== null || seen.lastModified !== null;
  if (statusCode === 200) return { text: await textOf(response), ...markOf(headers) };
  response.destroy();
  if (statusCode === 304 && isConditional) return null;
  throw new FileFailure(`http_${statusCode}`);
}

const markOf = ({ etag, 'last-modified': lastModified }: IncomingHttpHeaders): Seen => ({
  etag: short(etag),
  lastModified: short(lastModified),
});
const short = (text: string | undefined): string | null => (text !== undefined && text.length <= 300 ? text : null);

/** The text of an answer; what is sent ends at the limit, and so does what it unfolds to. */
async function textOf(response: IncomingMessage): Promise<string> {
  const encoding = response.headers['content-encoding'] ?? 'identity';
  const sent = await octetsOf(response);
  if (encoding === 'identity') return new TextDecoder().decode(sent);
  if (encoding !== 'gzip') throw new FileFailure('not_a_calendar');
  return new TextDecoder().decode(await unfold(sent, { maxOutputLength: MOST_OCTETS }));
}

async function octetsOf(response: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let octets = 0;
  for await (const chunk of response as AsyncIterable<Buffer>) {
    octets += chunk.length;
    // To leave the loop ends the connection.
    if (octets > MOST_OCTETS) throw new FileFailure('too_large');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** Never with the address, nor with what is at it. */
function failureOf(error: unknown, isLate: boolean): FileFailure {
  if (isLate) return new FileFailure('timeout');
  if (error instanceof FileFailure) return error;
  if (error instanceof AddressRefused) return new FileFailure(error.code);
  const { code = '' } = error as NodeJS.ErrnoException;
  return new FileFailure(PROBLEMS[code] ?? 'unreachable');
}

const PROBLEMS: Readonly<Record<string, FileProblem>> = {
  ENOTFOUND: 'name_unknown',
  ERR_INVALID_URL: 'address_not_allowed',
  ERR_BUFFER_TOO_LARGE: 'too_large',
  Z_DATA_ERROR: 'not_a_calendar',
  Z_BUF_ERROR: 'not_a_calendar',
};
