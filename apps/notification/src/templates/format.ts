import { isZone, spoken } from '@scheduling/time';
import { LRUCache } from 'lru-cache';

/** The languages that all messages are written in; the first stands in for what another lacks. */
export const LOCALES = ['en', 'uk', 'es', 'de'] as const;
export type Locale = (typeof LOCALES)[number];

/** More readers' zones and languages than are written for in one hour. */
const formats = new LRUCache<string, Format>({ max: 2000 });

/** How dates, amounts and lengths of time are written for one reader. */
export class Format {
  private readonly amounts = new Map<string, Intl.NumberFormat>();
  private readonly units;

  private constructor(
    /** The language of the words. */
    readonly locale: Locale,
    /** BCP 47: the reader's own kind of it, which dates and prices are written in. */
    readonly language: string,
    private readonly zone: string,
  ) {
    this.units = new Intl.NumberFormat(language, { style: 'unit', unit: 'minute', unitDisplay: 'long' });
  }

  /** The format for a reader: English where their language is none of ours, UTC where their zone is none. */
  static for({ locale, timezone }: { readonly locale: string; readonly timezone: string }): Format {
    const key = `${locale} ${timezone}`;
    const known = formats.get(key);
    if (known) return known;
    const language = languageOf(locale);
    const made = new Format(language.locale, language.tag, isZone(timezone) ? timezone : 'UTC');
    formats.set(key, made);
    return made;
  }

  /** An instant on the reader's own clock. */
  time = (instant: string): string => spoken(new Date(instant), this.zone, this.language);

  /** An amount in the smallest unit of its currency. */
  amount(cents: number, currency: string): string {
    const known = this.amounts.get(currency);
    const format = known ?? new Intl.NumberFormat(this.language, { style: 'currency', currency });
    if (!known) this.amounts.set(currency, format);
    return format.format(cents / 10 ** (format.resolvedOptions().maximumFractionDigits ?? 2));
  }

  /** So many minutes, in words. */
  minutes = (many: number): string => this.units.format(many);

  /** How long a lesson takes. */
  length = (lesson: { readonly start_at: string; readonly end_at: string }): string =>
    this.minutes(minutesBetween(lesson.start_at, lesson.end_at));
}

/** Whole minutes from one instant to another. */
export const minutesBetween = (from: string, until: string): number =>
  Math.round((Date.parse(until) - Date.parse(from)) / 60_000);

function languageOf(locale: string): { readonly locale: Locale; readonly tag: string } {
  try {
    const { language, region } = new Intl.Locale(locale);
    const ours = LOCALES.find((one) => one === language);
    if (ours) return { locale: ours, tag: region ? `${ours}-${region}` : ours };
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
  }
  return { locale: 'en', tag: 'en' };
}
