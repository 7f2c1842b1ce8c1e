import { isZone, spoken } from '@scheduling/time';
import type { News } from './message.ts';
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

/** When a lesson starts, on the reader's own clock; UTC where their zone is none. */
export const startFor = ({ event }: News, reader: Recipient): string =>
  spoken(new Date(event.start_at), isZone(reader.timezone) ? reader.timezone : 'UTC', languageOf(reader));

/** How long a lesson takes, in minutes. */
export const lengthOf = ({ event }: News): string =>
  `${Math.round((Date.parse(event.end_at) - Date.parse(event.start_at)) / 60_000)} minutes`;

/** An amount in the smallest unit of its currency, written for the reader. */
export function amountFor(cents: number, currency: string, reader: Recipient): string {
  const format = new Intl.NumberFormat(languageOf(reader), { style: 'currency', currency });
  return format.format(cents / 10 ** (format.resolvedOptions().maximumFractionDigits ?? 2));
}

/** A link that is safe to click: https or http, or none. */
export function linkOf(text: string): string | undefined {
  const url = URL.parse(text);
  return url?.protocol === 'https:' || url?.protocol === 'http:' ? url.href : undefined;
}
