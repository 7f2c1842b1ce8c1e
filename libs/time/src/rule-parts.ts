import { RuleNotUnderstood } from './time.errors.ts';

/** The parts of RFC 5545 §3.3.10; anything else in a rule is refused. */
const PART_NAMES = [
  'FREQ',
  'UNTIL',
  'COUNT',
  'INTERVAL',
  'BYSECOND',
  'BYMINUTE',
  'BYHOUR',
  'BYDAY',
  'BYMONTHDAY',
  'BYYEARDAY',
  'BYWEEKNO',
  'BYMONTH',
  'BYSETPOS',
  'WKST',
] as const;

export type PartName = (typeof PART_NAMES)[number];

/** One `NAME=value` of a rule, in capitals, with the positions of both in the text. */
export interface Part {
  readonly name: PartName;
  readonly value: string;
  readonly at: number;
  readonly valueAt: number;
}

export type Parts = ReadonlyMap<PartName, Part>;

const MAX_LENGTH = 500;

/** Splits the text of a rule into its parts, each of which may stand once; throws RuleNotUnderstood. */
export function splitRule(text: string): Parts {
  if (text.length > MAX_LENGTH) throw new RuleNotUnderstood('too_long', MAX_LENGTH);
  refuseCharacters(text);
  const upper = text.toUpperCase();
  let at = upper.startsWith('RRULE:') ? 'RRULE:'.length : 0;
  if (upper.length === at) throw new RuleNotUnderstood('empty', at);
  const second = upper.indexOf('RRULE:', at);
  if (second >= 0) throw new RuleNotUnderstood('several_rules', second);
  const parts = new Map<PartName, Part>();
  for (const piece of upper.slice(at).split(';')) {
    const part = readPart(piece, at);
    if (parts.has(part.name)) throw new RuleNotUnderstood('repeated_part', at, part.name);
    parts.set(part.name, part);
    at += piece.length + 1;
  }
  return parts;
}

/** Line breaks would let a second property in, and other scripts' digits read as numbers elsewhere. */
function refuseCharacters(text: string): void {
  const space = text.search(/\s/);
  if (space >= 0) throw new RuleNotUnderstood('white_space', space);
  const odd = text.search(/[^\x21-\x7e]/);
  if (odd >= 0) throw new RuleNotUnderstood('not_printable_ascii', odd);
}

function readPart(piece: string, at: number): Part {
  if (piece === '') throw new RuleNotUnderstood('empty_part', at);
  const equals = piece.indexOf('=');
  const written = equals < 0 ? piece : piece.slice(0, equals);
  const name = PART_NAMES.find((known) => known === written);
  // The text comes from outside: an unknown name is not repeated in the answer.
  if (name === undefined) throw new RuleNotUnderstood('unknown_part', at);
  if (equals < 0 || equals === piece.length - 1) throw new RuleNotUnderstood('no_value', at + written.length, name);
  return { name, value: piece.slice(equals + 1), at, valueAt: at + equals + 1 };
}
