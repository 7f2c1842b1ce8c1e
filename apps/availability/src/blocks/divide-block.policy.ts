import { expandRule, type Rule, parseRule, startsOf, startsOften, utcToWall, wallToUtc } from '@scheduling/time';
import {
  OccurrenceMissing,
  OccurrenceNotFound,
  OccurrenceUnexpected,
  TooManyExceptions,
} from '../availability.errors.ts';
import { asBlock } from '../openings/expansion.policy.ts';
import { lengthOf } from '../ranges.policy.ts';
import type { Settings } from '../settings/settings.store.ts';
import type { AvailabilityBlock } from './blocks.store.ts';
import { asUntil, withParts } from './rule-text.policy.ts';

const SECOND = 1000;
const DAY = 86_400_000;
const MOST_EXCEPTIONS = 366;

/** How much of a block a request is about, and the start that it names unless it is about all. */
export interface Scope {
  readonly scope: 'all' | 'following' | 'one';
  readonly occurrenceAt: Date | undefined;
}

/** A block as what a request is about, and what of the block it leaves alone: null for nothing. */
export interface Division {
  readonly part: AvailabilityBlock;
  readonly rest: AvailabilityBlock | null;
}

/** Divides a block by what a request is about; refuses a start that is none, or is named in vain. */
export function divided(block: AvailabilityBlock, settings: Settings, { scope, occurrenceAt }: Scope): Division {
  if (scope === 'all') {
    if (occurrenceAt !== undefined) throw new OccurrenceUnexpected();
    return { part: block, rest: null };
  }
  if (occurrenceAt === undefined) throw new OccurrenceMissing();
  const { rrule } = block;
  if (rrule === null || !startsAt(block, settings, occurrenceAt)) throw new OccurrenceNotFound();
  const recurring = { ...block, rrule };
  return scope === 'one' ? oneOf(recurring, settings, occurrenceAt) : following(recurring, settings, occurrenceAt);
}

type RecurringBlock = AvailabilityBlock & { readonly rrule: string };

/** One start as time that comes once; the rest has an exception there. */
function oneOf(block: RecurringBlock, settings: Settings, at: Date): Division {
  if (block.exdates.length >= MOST_EXCEPTIONS) throw new TooManyExceptions(MOST_EXCEPTIONS);
  const { lessonMinutes } = asBlock(block, settings);
  const length = startsOften(parseRule(block.rrule)) ? lessonMinutes * 60 * SECOND : lengthOf(block);
  const once = { rrule: null, startWall: null, rdates: [], exdates: [] };
  return {
    part: { ...block, ...once, startAt: at, endAt: new Date(at.getTime() + length) },
    rest: { ...block, exdates: [...block.exdates, at] },
  };
}

/** A block that begins with one of the rule's starts; the rest ends before it. A COUNT becomes what is left of it. */
function following(block: RecurringBlock, settings: Settings, at: Date): Division {
  const rule = parseRule(block.rrule);
  const { wall, passed, sooner } = placeOf(rule, block, at);
  const part = {
    ...block,
    startAt: at,
    endAt: new Date(at.getTime() + lengthOf(block)),
    startWall: wall,
    rrule: rule.count === undefined ? block.rrule : withParts(block.rrule, { COUNT: String(rule.count - passed) }),
    rdates: block.rdates.filter((date) => date >= at),
    exdates: [...block.exdates.filter((date) => date >= at), ...sooner],
  };
  if (!startsBefore(block, settings, at)) return { part, rest: null };
  const rest = {
    ...block,
    rrule: withParts(block.rrule, { COUNT: null, UNTIL: asUntil(new Date(at.getTime() - SECOND)) }),
    rdates: block.rdates.filter((date) => date < at),
    exdates: block.exdates.filter((date) => date < at),
  };
  // A text that is as long as one may be has no room for an end.
  parseRule(rest.rrule);
  return { part, rest };
}

const startsAt = (block: AvailabilityBlock, settings: Settings, at: Date): boolean =>
  startsOf(asBlock(block, settings), { from: at, until: new Date(at.getTime() + 1) }).length > 0;

/**
 * Where a rule goes on from one of its starts: the first wall time that it means at or after that instant, how many come before it, and
 * what follows it on the clock and not in time. A gap turns the order of the clock round: 02:30 is after 03:15 where 02:00 is 03:00.
 */
function placeOf({ count, until: _, ...rule }: Rule, block: AvailabilityBlock, at: Date): Place {
  const { timezone } = block;
  const start = block.startWall ?? utcToWall(block.startAt, timezone);
  const floating = (from: number, until: number) =>
    expandRule(rule, { startAt: start, timezone: 'UTC' }, { from: new Date(from), until: new Date(until) })
      .map((wall) => ({ wall, instant: wallToUtc(wall, timezone) }))
      .filter(({ instant }) => instant >= block.startAt);
  const shown = utcToWall(at, timezone).getTime();
  const near = floating(shown - DAY, shown + DAY);
  const first = near.find(({ instant }) => instant >= at);
  // A start besides those of the rule begins nothing.
  if (!first || !near.some(({ instant }) => instant.getTime() === at.getTime())) throw new OccurrenceNotFound();
  const sooner = near.filter(({ wall, instant }) => wall > first.wall && instant < at).map(({ instant }) => instant);
  const passed = count === undefined ? 0 : floating(start.getTime(), first.wall.getTime()).length;
  return { wall: first.wall, passed, sooner };
}

interface Place {
  readonly wall: Date;
  readonly passed: number;
  readonly sooner: readonly Date[];
}

function startsBefore(block: AvailabilityBlock, settings: Settings, at: Date): boolean {
  const first = Math.min(block.startAt.getTime(), ...block.rdates.map(Number));
  // Most rules have started not long before, and a dense one all too often since its beginning.
  const lately = Math.max(first, at.getTime() - 92 * DAY);
  const starts = (from: number, until: number) =>
    startsOf(asBlock(block, settings), { from: new Date(from), until: new Date(until) }).length > 0;
  return starts(lately, at.getTime()) || starts(first, lately);
}
