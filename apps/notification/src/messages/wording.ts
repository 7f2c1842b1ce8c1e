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

/** A link that is safe to click: https or http, or none. */
export function linkOf(text: string): string | undefined {
  const url = URL.parse(text);
  return url?.protocol === 'https:' || url?.protocol === 'http:' ? url.href : undefined;
}
