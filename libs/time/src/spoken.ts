/**
 * Writes an instant for people, in the zone's local time: `Mon, 7 Dec 2026, 16:00 (GMT+2, Europe/Kyiv)`.
 * A locale that is none reads as English; plain `en` puts the day first and counts 24 hours.
 */
export function spoken(at: Date, zone: string, locale = 'en'): string {
  const language = languageFor(locale);
  const when = new Intl.DateTimeFormat(language, {
    timeZone: zone,
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).format(at);
  const offset = new Intl.DateTimeFormat(language, { timeZone: zone, timeZoneName: 'shortOffset' })
    .formatToParts(at)
    .find((part) => part.type === 'timeZoneName')?.value;
  return `${when} (${offset}, ${zone})`;
}

function languageFor(locale: string): string {
  if (locale === 'en') return 'en-GB';
  try {
    return Intl.getCanonicalLocales(locale)[0] ?? 'en-GB';
  } catch (error) {
    if (error instanceof RangeError) return 'en-GB';
    throw error;
  }
}
