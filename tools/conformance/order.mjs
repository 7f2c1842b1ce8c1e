import { CannotRun } from './dateutil.mjs';

const ENOUGH = 3_000;

/** Reads the command line: `--pairs N`, `--full`, `--seed N`, `--tampered`; a sentence for what it does not know. */
export function readOrder(args) {
  const order = { pairs: ENOUGH, seed: 1, isTampered: false };
  for (let i = 0; i < args.length; i += 1) {
    const isNumber = /^\d{1,9}$/.test(args[i + 1]);
    if (args[i] === '--pairs' && isNumber) order.pairs = Number(args[(i += 1)]);
    else if (args[i] === '--seed' && isNumber) order.seed = Number(args[(i += 1)]);
    else if (args[i] === '--full') order.pairs = Infinity;
    else if (args[i] === '--tampered') order.isTampered = true;
    else
      throw new CannotRun(`it does not know ${args[i]}, only --pairs <number>, --full, --seed <number>, --tampered.`);
  }
  return order;
}
