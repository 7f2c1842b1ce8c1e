// The library escapes what text fields need, but lets CR and LF through in a UID or an address: a line of the sender's choice.
// Broken halves of emoji would be folded into the wrong octets.

// eslint-disable-next-line no-control-regex
const CONTROLS = /[\u0000-\u001f\u007f-\u009f\u2028\u2029]+/gu;
// eslint-disable-next-line no-control-regex
const CONTROLS_BUT_NEWLINE = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f]+/gu;

/** Makes one line of a text: each run of control characters becomes a space. */
export const harmlessLine = (text: string): string => text.toWellFormed().replaceAll(CONTROLS, ' ').trim();

/** An e-mail address without white space or control characters. */
export const harmlessAddress = (email: string): string => harmlessLine(email).replaceAll(/\s/gu, '');

/** Keeps the line breaks of a text, as LF, and drops all other control characters. */
export const harmlessText = (text: string): string =>
  text
    .toWellFormed()
    .replaceAll(/\r\n?|[\u0085\u2028\u2029]/gu, '\n')
    .replaceAll(CONTROLS_BUT_NEWLINE, ' ')
    .trim();

/** The address of an http or https link, or none; the marks that the library escapes, though RFC 5545 §3.3.13 does not, are percent-encoded. */
export function harmlessLink(link: string): string | undefined {
  const url = URL.parse(link);
  if (url?.protocol !== 'https:' && url?.protocol !== 'http:') return undefined;
  return url.href.replaceAll(/[,;\\]/g, (mark) => encodeURIComponent(mark));
}
