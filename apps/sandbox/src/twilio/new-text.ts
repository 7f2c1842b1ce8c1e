import type { Said, Wish } from './texts.ts';
import { TwilioRefusal } from './twilio-refusal.ts';

const E164 = /^\+[1-9]\d{6,14}$/;
const TAKEN = new Set(['To', 'From', 'Body', 'StatusCallback', 'ValidityPeriod']);
const MOST_CHARACTERS = 1600;
const LONGEST_S = 36_000;

/** A text as it was asked for. */
export interface NewText {
  readonly said: Said;
  readonly wish: Wish;
  readonly segments: number;
}

/** Reads what a text is to be; refuses what Twilio refuses, and what the double does not play. */
export function readText(form: URLSearchParams): NewText {
  const strange = [...form.keys()].find((name) => !TAKEN.has(name));
  if (strange !== undefined) throw new TwilioRefusal(400, 20001, `The double does not know ${strange}.`);
  const said = { to: form.get('To') ?? '', from: form.get('From') ?? '', body: form.get('Body') ?? '' };
  check(said);
  const statusCallback = form.get('StatusCallback') ?? undefined;
  if (statusCallback !== undefined && !/^https?:\/\/[^\s_/]+\//.test(statusCallback))
    throw new TwilioRefusal(400, 21609, 'The StatusCallback URL is not a valid URL.');
  const validityPeriod = Number(form.get('ValidityPeriod') ?? LONGEST_S);
  if (!Number.isInteger(validityPeriod) || validityPeriod < 1 || validityPeriod > LONGEST_S)
    throw new TwilioRefusal(400, 21624, 'The ValidityPeriod must be an integer between 1 and 36000.');
  const wish = { validityPeriod, ...(statusCallback !== undefined && { statusCallback }) };
  return { said, wish, segments: Math.ceil(said.body.length / 153) };
}

function check({ to, from, body }: Said): void {
  if (to === '') throw new TwilioRefusal(400, 21604, "A 'To' phone number is required.");
  if (!E164.test(to)) throw new TwilioRefusal(400, 21211, `Invalid 'To' Phone Number: ${to}`);
  // Twilio's own numbers for trying things out.
  if (to === '+15005550001') throw new TwilioRefusal(400, 21211, `Invalid 'To' Phone Number: ${to}`);
  if (to === '+15005550009') throw new TwilioRefusal(400, 21614, `'To' number is not a valid mobile number: ${to}`);
  if (from === '') throw new TwilioRefusal(400, 21603, "A 'From' phone number is required.");
  if (!E164.test(from)) throw new TwilioRefusal(400, 21212, `Invalid From Number (caller ID): ${from}`);
  if (body === '') throw new TwilioRefusal(400, 21602, 'Message body is required.');
  if (body.length > MOST_CHARACTERS)
    throw new TwilioRefusal(400, 21617, 'The concatenated message body exceeds the 1600 character limit.');
}
