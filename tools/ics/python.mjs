import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

const SCRIPT = join(import.meta.dirname, 'ics_check.py');
/** Whoever has another python3 in front still has Debian's, which its packages are for. */
const PYTHONS = ['python3', '/usr/bin/python3'];

/** What python3-icalendar reads in these files, and which version of it. */
export function readByPython(texts) {
  const python = PYTHONS.find((one) => spawnSync(one, ['-c', 'import icalendar'], { stdio: 'ignore' }).status === 0);
  if (!python) throw new Error('no python3 here has icalendar (Debian: apt-get install python3-icalendar).');
  const input = texts.map((text) => JSON.stringify(text)).join('\n');
  const { status, stdout, stderr } = spawnSync(python, ['-X', 'utf8', SCRIPT], {
    input,
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
  });
  if (status !== 0) throw new Error(`python3 with icalendar does not answer:\n${stderr.trim()}`);
  const [version, ...read] = stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  return { version, read };
}
