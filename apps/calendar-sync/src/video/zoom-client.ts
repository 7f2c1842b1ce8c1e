import { circuitBreaker, ConsecutiveBreaker, handleWhen, type IPolicy, isBrokenCircuitError } from 'cockatiel';
import { CalendarSyncConfig } from '../config.ts';
import { ZoomFailure } from './zoom-failure.ts';
import { askZoom, type ZoomAnswer, type ZoomRequest } from './zoom-http.ts';

/** After so many failures in a row Zoom is left in peace for so long, in milliseconds. */
const MOST_FAILURES = 5;
const REST_MS = 10_000;
/** A token is not used in the last minute of its life, in milliseconds. */
const TOKEN_MARGIN = 60_000;
const MEETINGS_A_PAGE = 300;
const MOST_PAGES = 10;

/** A lesson as Zoom is told of it. */
export interface WantedMeeting {
  /** By which it is found again. */
  readonly marker: string;
  readonly startAt: Date;
  readonly endAt: Date;
}

/** A meeting that stands at Zoom. */
export interface ZoomMeeting {
  readonly id: string;
  readonly joinLink: string;
}

/** Zoom's meetings of the account that is configured (server-to-server OAuth), behind a breaker that all requests share. */
export class ZoomClient {
  /** Whether Zoom is configured at all. */
  readonly isOn: boolean;
  private readonly tokens: string;
  private readonly meetings: string;
  private readonly breaker: IPolicy;
  private token: Promise<{ readonly text: string; readonly usableUntil: number }> | null = null;

  constructor(
    private readonly config: CalendarSyncConfig,
    private readonly restMs = REST_MS,
  ) {
    const { ZOOM_ACCOUNT_ID: account, ZOOM_CLIENT_ID: id, ZOOM_CLIENT_SECRET: secret, ZOOM_API_URL: url } = config;
    this.isOn = [account, id, secret].every((setting) => setting !== undefined);
    this.tokens = `${url ?? 'https://zoom.us'}/oauth/token`;
    this.meetings = `${url ?? 'https://api.zoom.us'}/v2`;
    const breaker = new ConsecutiveBreaker(MOST_FAILURES);
    this.breaker = circuitBreaker(handleWhen(isUnreachable), { halfOpenAfter: restMs, breaker });
  }

  /** Makes a meeting; asked twice, Zoom makes two. */
  async create(wanted: WantedMeeting): Promise<ZoomMeeting> {
    const body = { topic: 'Lesson', type: 2, agenda: wanted.marker, settings: SETTINGS, ...timesOf(wanted) };
    const answer = await this.ask('POST', '/users/me/meetings', body);
    return known(meetingOf(answer.body));
  }

  /** Finds the meeting with a marker among those that are still to come; null if there is none. */
  async find(marker: string): Promise<ZoomMeeting | null> {
    let next = '';
    for (let page = 0; page < MOST_PAGES; page++) {
      const query = new URLSearchParams({ type: 'scheduled', page_size: String(MEETINGS_A_PAGE) });
      if (next) query.set('next_page_token', next);
      const { body } = await this.ask('GET', `/users/me/meetings?${query.toString()}`);
      const listed = Array.isArray(body['meetings']) ? (body['meetings'] as Record<string, unknown>[]) : [];
      const found = listed.find(({ agenda }) => agenda === marker);
      if (found) return known(meetingOf(found));
      next = String(body['next_page_token'] ?? '');
      if (next === '') return null;
    }
    throw new ZoomFailure('refused', 'too_many_meetings');
  }

  /** Moves a meeting; false where Zoom knows it no more. */
  async move(id: string, wanted: WantedMeeting): Promise<boolean> {
    const { status } = await this.ask('PATCH', `/meetings/${encodeURIComponent(id)}`, timesOf(wanted));
    return status !== 404;
  }

  /** Deletes a meeting; one that is gone stays gone. */
  async remove(id: string): Promise<void> {
    await this.ask('DELETE', `/meetings/${encodeURIComponent(id)}`);
  }

  /** A token that Zoom no longer takes is replaced, once, by whoever finds out first. */
  private async ask(method: ZoomRequest['method'], path: string, body?: object): Promise<ZoomAnswer> {
    const token = await this.bearer();
    try {
      return await this.askWith(token, method, path, body);
    } catch (error) {
      if (!(error instanceof ZoomFailure && error.code === '401')) throw error;
      if ((await this.token)?.text === token) this.token = null;
      return this.askWith(await this.bearer(), method, path, body);
    }
  }

  private askWith(token: string, method: ZoomRequest['method'], path: string, body?: object): Promise<ZoomAnswer> {
    const request = { method, url: `${this.meetings}${path}`, authorization: `Bearer ${token}` };
    return this.guarded({ ...request, ...(body && { body }) });
  }

  private async guarded(request: ZoomRequest): Promise<ZoomAnswer> {
    try {
      return await this.breaker.execute(() => askZoom(request));
    } catch (error) {
      if (isBrokenCircuitError(error)) throw new ZoomFailure('rate_limited', 'breaker_open', this.restMs);
      throw error;
    }
  }

  /** Whoever comes while a token is asked for waits for the same. */
  private async bearer(): Promise<string> {
    const known = await this.token;
    if (known && Date.now() < known.usableUntil) return known.text;
    const asked = this.newToken();
    this.token = asked;
    try {
      return (await asked).text;
    } catch (error) {
      this.token = null;
      throw error;
    }
  }

  private async newToken(): Promise<{ text: string; usableUntil: number }> {
    const { ZOOM_ACCOUNT_ID: account, ZOOM_CLIENT_ID: id, ZOOM_CLIENT_SECRET: secret } = this.config;
    const { body } = await this.guarded({
      method: 'POST',
      url: this.tokens,
      authorization: `Basic ${Buffer.from(`${id}:${secret}`).toString('base64')}`,
      body: new URLSearchParams({ grant_type: 'account_credentials', account_id: account! }),
    });
    const { access_token: text, expires_in: seconds } = body;
    if (typeof text !== 'string') throw new ZoomFailure('refused', 'no_token');
    return { text, usableUntil: Date.now() + Number(seconds) * 1000 - TOKEN_MARGIN };
  }
}

/** Nobody of ours sits in the meeting: the two must be able to begin by themselves. */
const SETTINGS = { join_before_host: true, waiting_room: false };

const timesOf = ({ startAt, endAt }: WantedMeeting) => ({
  start_time: `${startAt.toISOString().slice(0, 19)}Z`,
  duration: Math.ceil((endAt.getTime() - startAt.getTime()) / 60_000),
  timezone: 'UTC',
});

function meetingOf({ id, join_url: joinLink }: Readonly<Record<string, unknown>>): ZoomMeeting | null {
  const isMeeting = (typeof id === 'number' || typeof id === 'string') && typeof joinLink === 'string';
  return isMeeting && joinLink.length <= 500 ? { id: String(id), joinLink } : null;
}

/** An answer that names no meeting leaves open whether there is one. */
function known(meeting: ZoomMeeting | null): ZoomMeeting {
  if (!meeting) throw new ZoomFailure('unreachable', 'unexpected_answer');
  return meeting;
}

function isUnreachable(error: unknown): boolean {
  return error instanceof ZoomFailure && error.kind === 'unreachable';
}
