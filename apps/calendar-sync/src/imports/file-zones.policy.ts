import { type Budget, isZone, wallTime, wallToUtc } from '@scheduling/time';
import type { CalendarFile, FileTime, FileZone } from './calendar-file.ts';
import { wallStarts } from './file-rules.policy.ts';
import { FileFailure } from './reading.errors.ts';

const DAY = 86_400_000;
/** So long before a window a zone's last change may lie, in milliseconds. */
const LOOKBACK = 800 * DAY;

/** Reads a wall time (held in UTC fields) as an instant. */
type Clock = (wall: Date) => Date;

/** From when a zone has an offset from UTC; in milliseconds. */
interface Onset {
  readonly at: number;
  readonly before: number;
  readonly after: number;
}

/** Reads the times of a file: in UTC, in zones that IANA knows, in zones that the file itself defines, or on its owner's clock. */
export class FileZones {
  private readonly clocks = new Map<string, Clock>();
  private readonly home: Clock;

  constructor(
    private readonly file: CalendarFile,
    ownersZone: string,
    private readonly window: { readonly from: Date; readonly until: Date },
    private readonly budget: Budget,
  ) {
    const zone = (file.zone && ianaName(file.zone)) ?? (isZone(ownersZone) ? ownersZone : 'UTC');
    this.home = (wall) => wallToUtc(wall, zone);
  }

  /** The instant of a time in the file. */
  instantOf({ wall, zone }: FileTime): Date {
    return this.read(wallTime(wall), zone);
  }

  /** The instant of a wall time (held in UTC fields) in one of the file's zones; null is its owner's. */
  read(wall: Date, zone: string | null): Date {
    if (zone === null) return this.home(wall);
    const clock = this.clocks.get(zone) ?? this.clockOf(zone);
    this.clocks.set(zone, clock);
    return clock(wall);
  }

  /** A name that IANA knows means what it says there: definitions in files are often older. */
  private clockOf(zone: string): Clock {
    if (zone === 'UTC') return (wall) => wall;
    const defined = this.file.zones.get(zone);
    const name = ianaName(zone) ?? (defined?.location ? ianaName(defined.location) : null);
    if (name) return (wall) => wallToUtc(wall, name);
    if (!defined || defined.observances.length === 0) throw new FileFailure('timezone_unknown');
    return clockBy(this.onsetsOf(defined));
  }

  private onsetsOf({ observances }: FileZone): Onset[] {
    const window = {
      from: new Date(this.window.from.getTime() - LOOKBACK),
      until: new Date(this.window.until.getTime() + DAY),
    };
    const onsets = observances.flatMap(({ start, alsoAt, rules, offsetFrom, offsetTo }) => {
      const first = wallTime(start.wall);
      const byRule = rules.flatMap(({ text, until }) => {
        const last = until ? wallTime(until.wall).getTime() : Infinity;
        return wallStarts(text, first, window, this.budget).filter(
          (wall) => wall.getTime() - offsetFrom * 1000 <= last,
        );
      });
      const walls = [first, ...alsoAt.map(({ wall }) => wallTime(wall)), ...byRule];
      return walls.map((wall) => ({
        at: wall.getTime() - offsetFrom * 1000,
        before: offsetFrom * 1000,
        after: offsetTo * 1000,
      }));
    });
    return onsets.toSorted((a, b) => a.at - b.at);
  }
}

/** As RFC 5545 §3.3.5 says: a time that is skipped by the offset before, one that comes twice as the first. */
function clockBy(onsets: readonly Onset[]): Clock {
  const offsetAt = (at: number) => onsets.findLast((onset) => onset.at <= at)?.after ?? onsets[0]!.before;
  return (wall) => {
    const time = wall.getTime();
    // No zone is further from UTC than a day, and none changes twice within two.
    const [before, after] = [offsetAt(time - DAY), offsetAt(time + DAY)];
    const fits = [before, after].find((offset) => offsetAt(time - offset) === offset);
    return new Date(time - (fits ?? before));
  };
}

/** The name that IANA knows in one that may have a path in front, such as `/example.org/2024/Europe/Kyiv`. */
function ianaName(name: string): string | null {
  const parts = name.split('/').filter(Boolean);
  const candidates = [name, parts.slice(-2).join('/'), parts.slice(-3).join('/')];
  return candidates.find((candidate) => isZone(candidate)) ?? null;
}
