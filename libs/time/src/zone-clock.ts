import { toZonedTime } from 'date-fns-tz';
import { DAY, HOUR } from './periods.ts';

/**
 * From 1970 to 2099 no zone changes its offset twice within six days (Hebron in 2040 comes closest). Hence two samples five days
 * apart that have one offset have no change between them, and two that differ have one.
 */
const SAMPLE = 5 * DAY;
const STRETCH = 80 * SAMPLE;

/** No two clocks are further apart. */
const FARTHEST = 27 * HOUR;

/** Beyond these, offsets are looked up one by one: nobody expands rules there. */
const EARLIEST = -STRETCH;
const LATEST = 120 * STRETCH;

/** More than the IANA database has names. */
const MAX_CLOCKS = 1_000;

/** A time without changes, up to the next one. */
export interface Era {
  readonly from: number;
  readonly offset: number;
}

/** The clock of one zone, which remembers when it changes: to ask Intl takes microseconds. Instants and offsets are in ms. */
export class ZoneClock {
  private readonly stretches = new Map<number, readonly Era[]>();

  constructor(private readonly zone: string) {}

  /** The distance of the zone's wall clock from UTC at an instant. Throws RangeError if there is no such zone or instant. */
  offsetAt(at: number): number {
    return this.eraAt(at).offset;
  }

  /** The same object for all instants of one offset, within some four hundred days. */
  eraAt(at: number): Era {
    if (!(at >= EARLIEST && at < LATEST)) return { from: at, offset: lookUp(at, this.zone) };
    const eras = this.erasOf(Math.floor(at / STRETCH));
    let nth = eras.length - 1;
    while (nth > 0 && eras[nth]!.from > at) nth -= 1;
    return eras[nth]!;
  }

  /** The wall time that the clock shows at an instant. */
  wallOf(at: number): number {
    return at + this.offsetAt(at);
  }

  /** The instant at which the clock shows a wall time: in a gap by the offset before it, in an overlap the first of the two. */
  instantOf(wall: number): number {
    const before = this.offsetAt(wall - DAY);
    const byBefore = wall - before;
    if (this.offsetAt(byBefore) === before) return byBefore;
    const after = this.offsetAt(wall + DAY);
    const byAfter = wall - after;
    return this.offsetAt(byAfter) === after ? byAfter : byBefore;
  }

  /** The narrowest range of wall times that holds all whose instants are from `first` to `last`. */
  wallsWithin(first: number, last: number): { from: number; to: number } {
    // A wall time in a gap has the offset from before it, up to a day ago.
    const from = first + Math.min(...this.offsets(first - DAY, first + FARTHEST));
    const to = last + Math.max(...this.offsets(last - FARTHEST - DAY, last + 1));
    return { from, to };
  }

  /** The new eras that begin from one instant up to, without, another; each with the one before it. */
  changes(from: number, until: number): { before: Era; after: Era }[] {
    const [first, end] = [Math.max(from, EARLIEST), Math.min(until, LATEST)];
    let before = this.eraAt(first - 1);
    const found = [];
    for (let nth = Math.floor(first / STRETCH); nth * STRETCH < end; nth++) {
      for (const era of this.erasOf(nth)) {
        if (era.from >= end) break;
        // A stretch begins with an era of its own, which mostly goes on with the one before.
        if (era.from >= first && era.offset !== before.offset) found.push({ before, after: era });
        before = era;
      }
    }
    return found;
  }

  private offsets(from: number, until: number): number[] {
    return [this.offsetAt(from), ...this.changes(from, until).map(({ after }) => after.offset)];
  }

  private erasOf(nth: number): readonly Era[] {
    const known = this.stretches.get(nth);
    if (known) return known;
    const eras = sampled(this.zone, nth * STRETCH);
    this.stretches.set(nth, eras);
    return eras;
  }
}

const clocks = new Map<string, ZoneClock>();

/** The clock of a zone, the same for every caller. */
export function clockOf(zone: string): ZoneClock {
  const known = clocks.get(zone);
  if (known) return known;
  if (clocks.size >= MAX_CLOCKS) clocks.clear();
  const clock = new ZoneClock(zone);
  clocks.set(zone, clock);
  return clock;
}

function sampled(zone: string, from: number): Era[] {
  let era: Era = { from, offset: lookUp(from, zone) };
  const eras = [era];
  for (let at = from + SAMPLE; at <= from + STRETCH; at += SAMPLE) {
    const offset = lookUp(at, zone);
    if (offset === era.offset) continue;
    era = { from: firstWith(offset, zone, at), offset };
    // A change at the very end begins the next stretch.
    if (era.from < from + STRETCH) eras.push(era);
  }
  return eras;
}

/** The second from which a zone has the offset that it has at `at`, less than a sample before. */
function firstWith(offset: number, zone: string, at: number): number {
  let [old, young] = [(at - SAMPLE) / 1000, at / 1000];
  while (young - old > 1) {
    const middle = Math.floor((old + young) / 2);
    if (lookUp(middle * 1000, zone) === offset) young = middle;
    else old = middle;
  }
  return young * 1000;
}

/** Asks date-fns-tz. The process must run in UTC: toZonedTime answers in local fields. */
function lookUp(at: number, zone: string): number {
  const offset = toZonedTime(new Date(at), zone).getTime() - at;
  if (Number.isNaN(offset)) throw new RangeError('Not an instant, or not a time zone');
  return offset;
}
