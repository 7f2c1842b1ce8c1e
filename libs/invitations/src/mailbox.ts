import type { Party } from './party.ts';

/** A name and an address: `Lessons <lessons@example.org>`. */
export const MAILBOX = /^(?<name>[^<>"\p{Cc}]*?) *<(?<email>[^<>@\s]+@[A-Za-z0-9.-]+)>$/u;

/** Reads a mailbox that has been checked against `MAILBOX`. */
export function partyOf(mailbox: string): Party {
  const { name = '', email = '' } = MAILBOX.exec(mailbox)?.groups ?? {};
  return { name, email };
}
