import { trackedFiles } from './tracked-files.mjs';

const MOST_LINES = 250;

/** Names each source that is longer than a file may be. */
export async function fileSizes() {
  const sources = trackedFiles().filter(({ path }) =>
    /^(apps|libs|tools)\/(?!.*\/generated\/).*\.(ts|mjs)$/.test(path),
  );
  const long = sources
    .map(({ path, text }) => ({ path, lines: text.trimEnd().split('\n').length }))
    .filter(({ lines }) => lines > MOST_LINES);
  const said = long.map(({ path, lines }) => `${path} has ${lines} lines, ${MOST_LINES} is the end`).join('\n');
  return { ok: long.length === 0, said };
}
