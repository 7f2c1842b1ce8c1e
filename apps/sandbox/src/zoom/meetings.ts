import { randomBytes, randomInt } from 'node:crypto';
import { ZoomRefusal } from './zoom-refusal.ts';

/** A scheduled meeting, as far as it is played. */
export interface Meeting {
  /** A number of 11 digits. */
  readonly id: number;
  readonly uuid: string;
  readonly topic: string;
  readonly type: number;
  readonly agenda: string;
  /** Such as `2026-12-01T10:00:00Z`. */
  readonly start_time: string;
  /** In minutes. */
  readonly duration: number;
  readonly timezone: string;
  readonly created_at: string;
  readonly join_url: string;
  readonly settings: object;
}

/** What a meeting is made or changed with. */
export type MeetingBody = Partial<
  Pick<Meeting, 'topic' | 'type' | 'agenda' | 'start_time' | 'duration' | 'timezone' | 'settings'>
>;

/** How many meetings are kept; the oldest go. */
export const MOST_MEETINGS = 20_000;

const WRITABLE = ['topic', 'type', 'agenda', 'start_time', 'duration', 'timezone', 'settings'];
const MOST = { topic: 200, agenda: 2000, page: 300 } as const;
const START = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/;
const SCHEDULED = 2;

/** The meetings of the one user; making one twice makes two. */
export class Meetings {
  private readonly kept = new Map<number, Meeting>();

  constructor(private readonly now: () => Date) {}

  create(body: MeetingBody): Meeting {
    check(body);
    const id = randomInt(80_000_000_000, 89_999_999_999);
    const pass = randomBytes(16).toString('base64url');
    const meeting: Meeting = {
      type: SCHEDULED,
      topic: 'Zoom Meeting',
      agenda: '',
      start_time: this.said(),
      duration: 60,
      timezone: 'UTC',
      settings: {},
      ...body,
      id,
      uuid: randomBytes(16).toString('base64'),
      created_at: this.said(),
      join_url: `https://us05web.zoom.us/j/${id}?pwd=${pass}`,
    };
    this.kept.set(id, meeting);
    for (const oldest of this.kept.keys()) if (this.kept.size > MOST_MEETINGS) this.kept.delete(oldest);
    return meeting;
  }

  find(id: string): Meeting {
    const meeting = this.kept.get(Number(id));
    if (!meeting) throw new ZoomRefusal(404, 3001, `Meeting does not exist: ${id}.`);
    return meeting;
  }

  patch(id: string, body: MeetingBody): void {
    const before = this.find(id);
    check(body);
    this.kept.set(before.id, { ...before, ...body, settings: { ...before.settings, ...body.settings } });
  }

  delete(id: string): void {
    this.kept.delete(this.find(id).id);
  }

  /** A page of the meetings, the oldest first; what was made meanwhile is on the last one. */
  page(size: number, token: string): object {
    if (!(size >= 1 && size <= MOST.page)) throw new ZoomRefusal(400, 300, 'The page size is between 1 and 300.');
    const from = Number(token || 0);
    const all = this.all();
    const isMore = all.length > from + size;
    const meetings = all.slice(from, from + size).map(({ settings: _settings, ...listed }) => listed);
    const next = isMore ? String(from + size) : '';
    return { page_size: size, total_records: all.length, next_page_token: next, meetings };
  }

  all(): Meeting[] {
    return [...this.kept.values()];
  }

  private said(): string {
    return `${this.now().toISOString().slice(0, 19)}Z`;
  }
}

/** Refuses what Zoom refuses, and what the double does not play. */
function check(body: MeetingBody): void {
  const { topic = '', agenda = '', start_time: start, duration = 1, type = SCHEDULED } = body;
  const strange = Object.keys(body).find((name) => !WRITABLE.includes(name));
  if (strange !== undefined) throw new ZoomRefusal(400, 300, `The double does not know ${strange}.`);
  const isShort = topic.length <= MOST.topic && agenda.length <= MOST.agenda;
  const isGood = isShort && type === SCHEDULED && Number.isInteger(duration) && duration > 0;
  if (!isGood || (start !== undefined && !START.test(start))) throw new ZoomRefusal(400, 300, 'Validation failed.');
}
