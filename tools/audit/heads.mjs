import { CannotStart } from '../postgres/cannot-start.mjs';

const HEAD = /^(?<schema>\w+):(?<day>\d{4}-\d\d-\d\d):(?<position>\d{1,9}):(?<hash>[0-9a-f]{64})$/;

/** The heads that the command line names; whatever else it says is refused in one sentence. */
export function readHeads(args) {
  const words = args.flatMap((word) => word.split('='));
  const wrong = words.length % 2 === 1 || words.some((word, i) => (i % 2 === 0 ? word !== '--head' : !HEAD.test(word)));
  if (wrong)
    throw new CannotStart('npm run audit:verify knows --head <schema>:<day>:<position>:<hash>, any number of times.');
  return words.filter((_, i) => i % 2 === 1).map(headOf);
}

function headOf(word) {
  const { schema, day, position, hash } = HEAD.exec(word).groups;
  return { schema, day, position: Number(position), hash: Buffer.from(hash, 'hex') };
}
