import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { freePort } from '../postgres/server.mjs';

const START_MS = 120_000;
const STORY_MS = 240_000;

/** What tokens of calendars are encrypted with in what is kept: these are accounts at a double of Google, so that it may be known. */
const TOKEN_KEYS = `upgrade:${createHash('sha256').update('upgrade').digest('base64')}`;

/** Starts the version in `folder` on a data folder, as `npm start` does; adds it to `opened` and answers where it is called. */
export async function startVersion(folder, dataDir, opened, signal) {
  const port = await freePort();
  const env = {
    DATA_DIR: dataDir,
    PORT: String(port),
    CALENDAR_TOKEN_KEYS: TOKEN_KEYS,
    UNSUBSCRIBE_SECRET: 'upgrade'.repeat(5),
  };
  const started = program(folder, 'tools/start/main.mjs', env, signal);
  opened.add('the version', async () => {
    started.child.kill('SIGTERM');
    await started.ended;
  });
  await within(START_MS, started, (said) => /^Ready in /m.test(said));
  return `http://localhost:${port}`;
}

/** Plays the story of the version in `folder`; answers its last words, and whether it holds. */
export async function playStory(folder, gateway, signal) {
  const env = { GATEWAY_URL: gateway, PORT: new URL(gateway).port };
  const story = program(folder, 'tools/demo/main.mjs', env, signal);
  const timer = setTimeout(() => story.child.kill('SIGKILL'), STORY_MS);
  const code = await story.ended;
  clearTimeout(timer);
  return { ok: code === 0, said: story.said() };
}

function program(folder, script, env, signal) {
  const { PATH, HOME, SCHEDULING_CI_RUN } = process.env;
  const child = spawn(process.execPath, [join(folder, script)], {
    cwd: folder,
    env: { PATH, HOME, TZ: 'UTC', ...(SCHEDULING_CI_RUN && { SCHEDULING_CI_RUN }), ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
    signal,
    killSignal: 'SIGTERM',
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => (said += text));
  const ended = new Promise((resolve) => {
    child.once('error', () => child.pid === undefined && resolve(1));
    child.once('close', resolve);
  });
  return { child, ended, said: () => said };
}

async function within(ms, { child, ended, said }, isSo) {
  const until = Date.now() + ms;
  let isOver = false;
  void ended.then(() => (isOver = true));
  while (!isSo(said())) {
    if (isOver || Date.now() > until) {
      child.kill('SIGTERM');
      throw new Error(`It did not start:\n${said()}`);
    }
    await new Promise((next) => setTimeout(next, 50));
  }
}
