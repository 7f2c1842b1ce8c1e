import type { Era } from './zone-clock.ts';
import { clockOf } from './zone-clock.ts';

/** Intl abbreviates a zone only for those who live there; between them these speak most abbreviations that English has. */
const ENGLISH = ['en-US', 'en-GB', 'en-CA', 'en-AU', 'en-NZ', 'en-IN', 'en-ZA', 'en-IE'];

const known = new WeakMap<Era, string>();

/** How a zone's time at an instant is called for short: `EST`, `EEST`, or `GMT+3` where English has no name for it. */
export function abbreviationAt(at: Date, zone: string): string {
  const era = clockOf(zone).eraAt(at.getTime());
  const before = known.get(era);
  if (before !== undefined) return before;
  const abbreviation = abbreviated(at, zone);
  known.set(era, abbreviation);
  return abbreviation;
}

function abbreviated(at: Date, zone: string): string {
  for (const locale of ENGLISH) {
    const name = nameIn(locale, at, zone);
    if (!/^GMT[+-]/.test(name)) return name;
  }
  return nameIn('en-US', at, zone);
}

function nameIn(locale: string, at: Date, zone: string): string {
  const format = new Intl.DateTimeFormat(locale, { timeZone: zone, timeZoneName: 'short' });
  return format.formatToParts(at).find(({ type }) => type === 'timeZoneName')?.value ?? '';
}
