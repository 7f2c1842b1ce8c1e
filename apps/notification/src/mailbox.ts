/** A name and an address: `Lessons <lessons@example.org>`. */
export const MAILBOX = /^(?<name>[^<>"\p{Cc}]*?) *<(?<address>[^<>@\s]+@(?<domain>[A-Za-z0-9.-]+))>$/u;

/** Whom a mail comes from or goes to. */
export interface Mailbox {
  readonly name: string;
  readonly address: string;
  readonly domain: string;
}

/** Reads a mailbox that has been checked against `MAILBOX`. */
export function mailboxOf(text: string): Mailbox {
  const { name = '', address = '', domain = '' } = MAILBOX.exec(text)?.groups ?? {};
  return { name, address, domain };
}
