import { harmlessAddress, harmlessLine } from './harmless.ts';

/** Someone as calendars know them. */
export interface Party {
  readonly name: string;
  readonly email: string;
}

/** A party as it may stand in a file; whoever has no name is called by the address. */
export const harmlessParty = ({ name, email }: Party): Party => ({
  name: plainName(name) || harmlessAddress(email),
  email: harmlessAddress(email),
});

/**
 * A name without what is escaped in one program and not in another: most show the escapes of RFC 6868 as they stand, and ical.js
 * (Thunderbird) takes a colon behind one for the end of the name, and a backslash for an escape.
 */
const plainName = (name: string): string =>
  harmlessLine(name).replaceAll('"', "'").replaceAll('^', 'ˆ').replaceAll('\\', '/');
