/** The words by which a phone wants no texts any more, or wants them again: those that Twilio heeds by itself. */
const STOPS: ReadonlySet<string> = new Set([
  'STOP',
  'STOPALL',
  'UNSUBSCRIBE',
  'CANCEL',
  'END',
  'QUIT',
  'REVOKE',
  'OPTOUT',
]);
const STARTS: ReadonlySet<string> = new Set(['START', 'YES', 'UNSTOP']);

/** What a phone has written; `type` is what Twilio takes it for, where it says so. */
export function wishOf(text: string, type: string | undefined): 'stop' | 'start' | null {
  const word = (type ?? text).trim().toUpperCase();
  if (STOPS.has(word)) return 'stop';
  return STARTS.has(word) ? 'start' : null;
}
