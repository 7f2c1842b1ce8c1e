import type { Caller } from '@scheduling/service-kit';
import { isZone } from '@scheduling/time';
import { isEmail } from 'class-validator';
import type { Profile } from './users.policy.ts';

const LONGEST_EMAIL = 254;
const LONGEST_NAME = 200;
const LONGEST_LOCALE = 35;

/** Tells whether a text is a well-formed language tag of BCP 47, such as `pt-BR`. */
export function isLocale(tag: unknown): tag is string {
  if (typeof tag !== 'string' || tag.length > LONGEST_LOCALE) return false;
  try {
    return Intl.getCanonicalLocales(tag).length === 1;
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}

/** What a token claims of a person; a claim that makes no sense is as good as none, since nobody could mend it here. */
export function claimsOf({ email, name, roles, timezone, locale }: Caller): Profile {
  return {
    email: email?.isWellFormed() && isEmail(email) && email.length <= LONGEST_EMAIL ? email : null,
    name: [
      ...(name ?? '')
        .toWellFormed()
        .replaceAll(/\p{Cc}/gu, ' ')
        .trim(),
    ]
      .slice(0, LONGEST_NAME)
      .join(''),
    phone: null,
    roles: [...roles],
    timezone: timezone !== null && isZone(timezone) ? timezone : 'UTC',
    locale: isLocale(locale) ? locale : 'en',
  };
}
