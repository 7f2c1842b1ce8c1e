import type { BookingId } from '@scheduling/domain';
import { isZone, spoken } from '@scheduling/time';
import type { Recipient } from '../recipients/recipients.store.ts';

const LONGEST_NAME = 80;
const RIGHT_TO_LEFT = /[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}]/u;
/** What would end a header's line or turn the direction of the text behind it. */
const UNRULY = /[\p{Cc}\p{Zl}\p{Zp}\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]+/gu;

/** Makes what a person wrote one line that changes nothing around it. */
export const oneLine = (text: string): string => text.toWellFormed().replaceAll(UNRULY, ' ').trim();

/** A name as it stands in a sentence: not too long, and a right-to-left one between marks that keep the sentence's order. */
export function nameOf(text: string): string {
  const letters = [...oneLine(text)];
  const name = letters.length > LONGEST_NAME ? `${letters.slice(0, LONGEST_NAME - 1).join('')}…` : letters.join('');
  return RIGHT_TO_LEFT.test(name) ? `\u2068${name}\u2069` : name;
}

/** How a mail begins; without a name while there is none. */
export const greetingFor = ({ name }: Recipient): string => (nameOf(name) ? `Hello ${nameOf(name)},` : 'Hello,');

/** A lesson with somebody, in the middle of a sentence; their name may be empty. */
export const lessonWith = (name: string): string => (name ? `lesson with ${name}` : 'lesson');

/** The language that dates and prices are written in: mail is in English, in the reader's own kind of it. */
export function languageOf({ locale }: Recipient): string {
  try {
    const tag = new Intl.Locale(locale);
    return tag.language === 'en' && tag.region ? `en-${tag.region}` : 'en';
  } catch (error) {
    if (error instanceof RangeError) return 'en';
    throw error;
  }
}

/** An instant on the reader's own clock; UTC where their zone is none. */
export const timeFor = (instant: string, reader: Recipient): string =>
  spoken(new Date(instant), isZone(reader.timezone) ? reader.timezone : 'UTC', languageOf(reader));

/** How long a lesson takes, in minutes. */
export const lengthOf = (lesson: { readonly start_at: string; readonly end_at: string }): string =>
  `${minutesBetween(lesson.start_at, lesson.end_at)} minutes`;

/** Whole minutes from one instant to another. */
export const minutesBetween = (from: string, until: string): number =>
  Math.round((Date.parse(until) - Date.parse(from)) / 60_000);

/** An amount in the smallest unit of its currency, written for the reader. */
export function amountFor(cents: number, currency: string, reader: Recipient): string {
  const format = new Intl.NumberFormat(languageOf(reader), { style: 'currency', currency });
  return format.format(cents / 10 ** (format.resolvedOptions().maximumFractionDigits ?? 2));
}

/** What every mail about a booking ends with. */
export const footerOf = (bookingId: BookingId): string => `Times are in your own time zone. Booking ${bookingId}.`;

/** A link that is safe to click: https or http, or none. */
export function linkOf(text: string): string | undefined {
  const url = URL.parse(text);
  return url?.protocol === 'https:' || url?.protocol === 'http:' ? url.href : undefined;
}
