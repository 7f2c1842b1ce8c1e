import { availability } from './availability/suite.mjs';
import { booking } from './booking/suite.mjs';
import { gateway } from './gateway/suite.mjs';
import { notification } from './notification/suite.mjs';

/** What can be measured: the parts of each suite, in the order in which they run. */
export const SUITES = { availability, booking, gateway, notification };

/** Reads the command line; a sentence for what it does not know. */
export function readOrder([suite, ...args]) {
  if (suite === undefined) return { suite };
  const parts = SUITES[suite];
  if (!parts) throw new Error(`bench knows no suite ${suite}: it knows ${Object.keys(SUITES)}.`);
  const order = { suite, isQuick: false, parts: Object.entries(parts) };
  for (let i = 0; i < args.length; i += 1) {
    if (args[i] === '--quick') order.isQuick = true;
    else if (args[i] === '--only' && parts[args[i + 1]]) order.parts = [[args[i + 1], parts[args[(i += 1)]]]];
    else
      throw new Error(`bench does not know ${args[i]}: it knows --quick and --only ${Object.keys(parts).join('|')}.`);
  }
  return { ...order, command: ['npm run bench --', suite, ...args].join(' ') };
}
