import { CannotStart } from '../postgres/cannot-start.mjs';

const GROUP = /^[a-z-]+\.[a-z0-9.-]+$/;
const EVENT = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)$/;

/** How each command goes on. */
const WORDS = {
  lag: [],
  dead: ['[group]'],
  show: ['group', 'event'],
  redeliver: ['group', 'event'],
  pause: ['group'],
  resume: ['group'],
  replay: ['group', 'instant'],
};
const FITS = {
  group: (word) => GROUP.test(word),
  '[group]': (word) => word === undefined || GROUP.test(word),
  event: (word, command) => EVENT.test(word) || (word === '--all' && command === 'redeliver'),
  instant: (word) => word === 'earliest' || INSTANT.test(word),
};

/** Reads the command line, or refuses it in one sentence. */
export function readOrder([command, ...words]) {
  const expected = WORDS[command];
  if (!expected) throw new CannotStart(`npm run events knows ${Object.keys(WORDS).join(', ')}.`);
  const wrong = expected.find((word, at) => !FITS[word](words[at], command));
  if (wrong || words.length > expected.length)
    throw new CannotStart(
      `It goes: npm run events -- ${command} ${expected.join(' ')}; a group is like booking.slots.`,
    );
  return { command, group: words[0], argument: words[1] };
}
