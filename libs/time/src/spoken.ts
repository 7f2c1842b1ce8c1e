/**
 * Writes an instant for people, in the zone's local time: `Mon, 7 Dec 2026, 16:00 (GMT+2, Europe/Kyiv)`.
 * A locale that is none reads as English; plain `en` puts the day first and counts 24 hours.
 */
export function spoken(at: Date, zone: string, locale = 'en'): string {
  const { clock, offset } = formatsFor(languageFor(locale), zone);
  const name = offset.formatToParts(at).find((part) => part.type === 'timeZoneName')?.value;
  return `${clock.format(at)} (${name}, ${zone})`;
}

/** What writes an instant, and what names its offset. */
interface Formats {
  readonly clock: Intl.DateTimeFormat;
  readonly offset: Intl.DateTimeFormat;
}

// To make a format costs twenty times what it costs to use it.
const MOST_FORMATS = 500;
const known = new Map<string, Formats>();

function formatsFor(language: string, zone: string): Formats {
  const key = `${language} ${zone}`;
  const formats = known.get(key) ?? newFormats(language, zone);
  if (known.size >= MOST_FORMATS) known.clear();
  known.set(key, formats);
  return formats;
}

const newFormats = (language: string, timeZone: string): Formats => ({
  clock: new Intl.DateTimeFormat(language, {
    timeZone,
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }),
  offset: new Intl.DateTimeFormat(language, { timeZone, timeZoneName: 'shortOffset' }),
});

function languageFor(locale: string): string {
  if (locale === 'en') return 'en-GB';
  try {
    return Intl.getCanonicalLocales(locale)[0] ?? 'en-GB';
  } catch (error) {
    if (error instanceof RangeError) return 'en-GB';
    throw error;
  }
}
