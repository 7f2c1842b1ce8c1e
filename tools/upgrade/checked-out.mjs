import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { ROOT } from '../start/settings.mjs';

const run = promisify(execFile);
const MOST_SAID = 64 * 1024 * 1024;

/** Whether the history of this checkout has a commit. */
export const isInHistory = (commit) =>
  run('git', ['cat-file', '-e', `${commit}^{commit}`], { cwd: ROOT }).then(
    () => true,
    () => false,
  );

/** Puts a release as it was into a folder, with its own packages. */
export async function checkOut(commit, folder, signal) {
  const archive = join(folder, 'release.tar');
  await run('git', ['archive', '--output', archive, commit], { cwd: ROOT, signal });
  await run('tar', ['-xf', archive], { cwd: folder, signal });
  await run('npm', ['ci', '--no-audit', '--no-fund'], { cwd: folder, signal, maxBuffer: MOST_SAID });
}
