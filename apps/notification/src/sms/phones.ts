import { type NumberType, parsePhoneNumberFromString } from 'libphonenumber-js/max';

/** Numbers that texts go to; the others are dear, nobody's own, or without a screen. */
const TAKING: ReadonlySet<NumberType> = new Set(['MOBILE', 'FIXED_LINE_OR_MOBILE', 'VOIP']);

/** Why no text goes to a number; null where one may. A number that is written in any way but E.164 is none. */
export function obstacleOf(phone: string): string | null {
  const number = parsePhoneNumberFromString(phone);
  if (!number?.isValid() || number.number !== phone) return 'the phone number is none';
  return TAKING.has(number.getType()) ? null : 'the phone number is of a kind that takes no texts';
}
