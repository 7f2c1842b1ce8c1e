import { dayIn, isZone, utcToWall, wallToUtc } from '@scheduling/time';
import type { Channel, Kind, KindOfMessage } from '../messages/kinds.ts';
import type { News } from '../messages/message.ts';
import type { Preferences, QuietHours, TimeOfDay } from './preferences.ts';

/** When a digest comes, by its reader's clock. */
const DIGEST_AT: TimeOfDay = '08:00';
const DAY = 86_400_000;
const MINUTE = 60_000;

/** What a message and its reader's wishes are decided by. */
export interface Asked {
  readonly kind: Kind;
  /** What is the same of all messages of this kind: `KINDS[kind]`. */
  readonly traits: KindOfMessage;
  readonly channel: Channel;
  readonly news: News;
  readonly preferences: Preferences;
  readonly reader: { readonly timezone: string };
  readonly now: Date;
}

/** What the reader's wishes allow: to send, not to, not yet, or together with others. */
export type Permission =
  | { readonly do: 'send' }
  | { readonly do: 'skip'; readonly reason: string }
  | { readonly do: 'wait'; readonly until: Date; readonly reason: string }
  | { readonly do: 'gather'; readonly at: Date };

/**
 * Decides what a reader's wishes make of a message that is due. A message whose moment would pass while it waits (the lesson
 * begins, the offer ends) goes at once: who has a lesson within their quiet hours is awake for it.
 */
export function permission(asked: Asked): Permission {
  const { kind, traits, channel, news, preferences, reader, now } = asked;
  if (!isWanted(preferences, kind, traits, channel)) return skip('turned off by the reader');
  if (channel === 'sms' && !preferences.smsOptedInAt) return skip('the reader has not asked for texts');
  if (channel === 'in_app' || !traits.canWait) return { do: 'send' };

  const zone = zoneOf(reader);
  const moment = nextMoment(news, now);
  if (channel === 'email' && traits.isOptional && preferences.digest === 'daily') {
    if (isOff(preferences, 'digest', 'email')) return skip('the digest is turned off by the reader');
    const at = digestAfter(reader, now);
    if (at < moment) return { do: 'gather', at };
  }
  const until = preferences.quietHours && quietUntil(preferences.quietHours, zone, now);
  return until && until < moment ? { do: 'wait', until, reason: 'quiet hours' } : { do: 'send' };
}

const skip = (reason: string): Permission => ({ do: 'skip', reason });

/** Whether a kind of message is wanted on one way: by the reader's choice, else as for everybody; what nobody may miss always is. */
export function isWanted(preferences: Preferences, kind: Kind, traits: KindOfMessage, channel: Channel): boolean {
  if (isFixed(traits, channel)) return true;
  return choiceOf(preferences, kind, channel)?.isOn ?? !traits.isAskedFor;
}

/** Whether e-mail of this kind comes whatever its reader wishes. */
export const isFixed = ({ isOptional }: KindOfMessage, channel: Channel): boolean => channel === 'email' && !isOptional;

const isOff = (preferences: Preferences, kind: Kind, channel: Channel): boolean =>
  choiceOf(preferences, kind, channel)?.isOn === false;

const choiceOf = ({ choices }: Preferences, kind: Kind, channel: Channel) =>
  choices.find((choice) => choice.kind === kind && choice.channel === channel);

/** The soonest instant to come after which the news are no use any more, as far as its reader can tell. */
function nextMoment({ event }: News, now: Date): Date {
  const moments = [
    'start_at' in event && event.start_at,
    // Who has not heard of the new time goes by the old one.
    'previous_start_at' in event && event.previous_start_at,
    'expires_at' in event && event.expires_at,
  ];
  const ahead = moments.flatMap((at) => (at && new Date(at) > now ? [Date.parse(at)] : []));
  return new Date(Math.min(...ahead, 8.64e15));
}

/** When the quiet hours that it is now end; null outside them. */
function quietUntil({ from, until }: QuietHours, zone: string, now: Date): Date | null {
  const minutes = minutesOf(utcToWall(now, zone).toISOString().slice(11, 16));
  const [first, end] = [minutesOf(from), minutesOf(until)];
  const isQuiet = first < end ? minutes >= first && minutes < end : minutes >= first || minutes < end;
  if (!isQuiet) return null;
  const over = onDay(until, zone, now, minutes < end ? 0 : 1);
  // Where the clock was put back over their end, they ended the first time.
  return over > now ? over : null;
}

/** Who goes by a clock. */
type Reader = Asked['reader'];

/** When the first digest after an instant comes: eight in the morning, by its reader's clock. */
export function digestAfter(reader: Reader, instant: Date): Date {
  const today = onDay(DIGEST_AT, zoneOf(reader), instant, 0);
  return today > instant ? today : onDay(DIGEST_AT, zoneOf(reader), instant, 1);
}

/** The day that it is for a reader, as `YYYY-MM-DD`. */
export const dayOf = (instant: Date, reader: Reader): string => dayIn(instant, zoneOf(reader));

const zoneOf = ({ timezone }: Reader): string => (isZone(timezone) ? timezone : 'UTC');

/** A time of day, so many days after the local one. */
function onDay(time: TimeOfDay, zone: string, now: Date, days: number): Date {
  const midnight = Math.floor(utcToWall(now, zone).getTime() / DAY) * DAY;
  return wallToUtc(new Date(midnight + days * DAY + minutesOf(time) * MINUTE), zone);
}

const minutesOf = (time: TimeOfDay): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5));
