const MINUTE = 60_000;
const DAY = 1440 * MINUTE;

const formats = new Map<string, Intl.DateTimeFormat>();
const days = new Map<string, string>();

/** The date that a wall calendar in a zone shows, such as `2030-03-01`. */
export function dayOf(instant: number, zone: string): string {
  const known = days.get(`${zone} ${instant}`);
  if (known !== undefined) return known;
  let format = formats.get(zone);
  if (!format) {
    format = new Intl.DateTimeFormat('en-CA', { timeZone: zone, year: 'numeric', month: '2-digit', day: '2-digit' });
    formats.set(zone, format);
  }
  const day = format.format(instant);
  days.set(`${zone} ${instant}`, day);
  return day;
}

/** The Monday of the week that a wall calendar in a zone shows. */
export function weekOf(instant: number, zone: string): string {
  const day = new Date(`${dayOf(instant, zone)}T00:00:00Z`);
  return new Date(day.getTime() - ((day.getUTCDay() + 6) % 7) * DAY).toISOString().slice(0, 10);
}

export const minutes = (many: number): number => many * MINUTE;
export const isoOf = (instant: number): string => new Date(instant).toISOString();

/** The instant some weeks later at which a zone's clocks show the same time of day. */
export function weekLater(instant: number, weeks: number, zone: string): number {
  const later = instant + 7 * weeks * DAY;
  return later + offsetOf(instant, zone) - offsetOf(later, zone);
}

/** How far a zone's clocks are ahead of UTC's, in ms. */
function offsetOf(instant: number, zone: string): number {
  const shown = new Date(instant).toLocaleString('en-US', { timeZone: zone, hourCycle: 'h23' });
  return Date.parse(`${shown} UTC`) - Math.floor(instant / 1000) * 1000;
}
