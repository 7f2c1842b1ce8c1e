import { execFile, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const VERSION = '4.32.5';
const INSTALL_MS = 300_000;

/** Where the program is, installed from PyPI into a folder beside other temporary ones; null where that cannot be had. */
export async function schemathesis() {
  const folder = join(tmpdir(), `scheduling-schemathesis-${VERSION}`);
  const program = join(folder, 'bin', 'schemathesis');
  if (existsSync(program)) return program;
  try {
    await run('python3', ['-m', 'venv', folder], { timeout: INSTALL_MS });
    await run(join(folder, 'bin', 'pip'), ['install', '--quiet', `schemathesis==${VERSION}`], { timeout: INSTALL_MS });
    return program;
  } catch {
    return null;
  }
}

/**
 * Asks every route of a document for `seconds`, with requests that it allows and that it does not, in the name of a token; answers what
 * the program said and whether all was well.
 */
export function fuzz({ program, config, document, url, token, seed, examples, report, signal }) {
  const args = ['--config-file', config, 'run', document, '--url', url, '--header', `Authorization: Bearer ${token}`];
  const checks = [
    'not_a_server_error',
    'status_code_conformance',
    'content_type_conformance',
    'response_schema_conformance',
  ];
  args.push('--checks', checks.join(','), '--phases', 'examples,coverage,fuzzing', '--max-examples', String(examples));
  args.push(
    '--workers',
    '2',
    '--continue-on-failure',
    '--no-shrink',
    '--seed',
    String(seed),
    '--request-timeout',
    '30',
  );
  args.push('--report', 'har', '--report-har-path', report, '--suppress-health-check', 'all', '--warnings', 'off');
  // It writes a folder of its own where it stands.
  const child = spawn(program, args, { cwd: dirname(report), stdio: ['ignore', 'pipe', 'pipe'], signal });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => (said += text));
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve({ ok: code === 0, said }));
  });
}
