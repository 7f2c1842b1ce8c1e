const ENOUGH = 500;

/** Reads the command line: `--files N`, `--seed N`, `--tampered`; a sentence for what it does not know. */
export function readOrder(args) {
  const order = { files: ENOUGH, seed: 1, isTampered: false };
  for (let i = 0; i < args.length; i += 1) {
    const isNumber = /^\d{1,5}$/.test(args[i + 1]);
    if (args[i] === '--files' && isNumber) order.files = Number(args[(i += 1)]);
    else if (args[i] === '--seed' && isNumber) order.seed = Number(args[(i += 1)]);
    else if (args[i] === '--tampered') order.isTampered = true;
    else throw new Error(`it does not know ${args[i]}, only --files <number>, --seed <number>, --tampered.`);
  }
  return order;
}
