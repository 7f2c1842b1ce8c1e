import type { Letter } from '../messages/letter.ts';
import { segmentsOf } from './segments.policy.ts';

/** A link in another alphabet's text may cost one more: a reminder without it is of little use. */
const MOST_SEGMENTS = { plain: 2, withLink: 3 };

/** Signs of fine print that alone would double the price of a text, and what says the same. */
const PLAIN: Readonly<Record<string, string>> = {
  '\u2018': "'",
  '\u2019': "'",
  '\u02bc': "'",
  '\u201c': '"',
  '\u201d': '"',
  '\u201e': '"',
  '\u2013': '-',
  '\u2014': '-',
  '\u2212': '-',
  '\u2026': '...',
};

/** What a letter says in a text: its brief, its link where that fits, and at the end what no other text ends with. */
export function textOf({ brief, action }: Pick<Letter, 'brief' | 'action'>, messageId: string): string {
  const end = referenceOf(messageId);
  const said = plain(brief);
  const link = /^https?:\/\/[\x21-\x7e]+$/.test(action?.link ?? '') ? ` ${action?.link}` : '';
  const whole = `${said}${link} ${end}`;
  if (link && segmentsOf(whole) <= MOST_SEGMENTS.withLink) return whole;
  return fits(`${said} ${end}`) ? `${said} ${end}` : shortened(said, end);
}

/** By which one message's text is known among all that a phone has got. */
export const referenceOf = (messageId: string): string => `(${messageId.replaceAll('-', '').slice(-6).toUpperCase()})`;

/** One line, without what steers rather than says: line ends, marks of direction, characters that are none. */
const plain = (text: string): string =>
  text
    .toWellFormed()
    .replaceAll(/[\u2018\u2019\u02bc\u201c-\u201e\u2013\u2014\u2212\u2026]/g, (sign) => PLAIN[sign] ?? sign)
    .replaceAll(/\s+/gu, ' ')
    .replaceAll(/[\p{Cc}\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]/gu, '')
    .trim();

const fits = (text: string): boolean => segmentsOf(text) <= MOST_SEGMENTS.plain;

/** As many whole words as fit; of one word that is too long, as many letters. */
function shortened(said: string, end: string): string {
  const cut = (parts: readonly string[]) =>
    parts.map((_part, n) =>
      parts
        .slice(0, parts.length - n)
        .join('')
        .trim(),
    );
  const letters = Array.from(new Intl.Segmenter().segment(said), ({ segment }) => segment);
  const cuts = [...cut(said.split(/(?<= )/)), ...cut(letters)];
  const best = cuts.find((start) => fits(`${start}... ${end}`)) ?? '';
  return `${best}... ${end}`;
}
