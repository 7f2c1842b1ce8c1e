import { spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { CannotStart, explain, onDisk } from './cannot-start.mjs';
import { readPidFile } from './left-behind.mjs';
import { childEnvironment, tied } from './tied.mjs';
import { as } from './unprivileged.mjs';

/** Small and quiet: one machine, one host, and what it keeps is small. */
const SETTINGS = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  max_connections: 80,
  shared_buffers: '32MB',
  io_method: 'sync',
  max_wal_size: '256MB',
  wal_level: 'minimal',
  max_wal_senders: 0,
  max_logical_replication_workers: 0,
  log_min_messages: 'log',
  log_checkpoints: 'off',
  timezone: 'UTC',
  log_timezone: 'UTC',
};

/** Recovery after a crash is part of the start, and may take its time. */
const START_SECONDS = 120;

/** Starts PostgreSQL on a free loopback port and waits until it answers: `{ port, ended, stop }`. */
export async function launch(options) {
  for (let attempt = 1; ; attempt += 1) {
    const port = await freePort();
    const server = run(port, options);
    const failure = await ready(server, options);
    if (!failure) return { port, ended: server.ended, stop: () => stop(server) };
    // The port was taken in between, or children of a killed PostgreSQL are about to end.
    if (attempt === 10 || !/could not bind|pre-existing shared memory block/.test(failure))
      throw explain(failure, options.dataDir);
    await pause(100 * attempt);
  }
}

/** A port of the loopback that is free now. */
export const freePort = () =>
  new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });

/** Its own process group: Ctrl-C in a terminal must reach the host only, which stops it last. */
function run(port, { cluster, user, programs, settings, logFile, dataDir }) {
  const values = Object.entries({ ...SETTINGS, ...settings, port }).flatMap(([name, value]) => [
    '-c',
    `${name}=${value}`,
  ]);
  const [command, ...args] = tied([programs.postgres, '-D', cluster, ...values]);
  const log = onDisk(dataDir, () => openSync(logFile, 'w'));
  const child = spawn(command, args, {
    ...as(user),
    env: childEnvironment(),
    stdio: ['ignore', log, log],
    detached: true,
  });
  closeSync(log);
  const interrupt = () => child.kill('SIGINT');
  process.once('exit', interrupt);
  const ended = new Promise((resolve) => {
    child.once('error', (error) => resolve(error.message));
    child.once('exit', (code, signal) => resolve(`it ended with ${signal ?? code}`));
  }).finally(() => process.removeListener('exit', interrupt));
  return { child, ended };
}

/** Waits for the word that PostgreSQL writes into its file when it answers; what it wrote to its log if it ended instead. */
async function ready(server, { cluster, logFile, signal }) {
  const until = Date.now() + START_SECONDS * 1000;
  while (!hasEnded(server.child)) {
    const file = readPidFile(cluster);
    if (file?.pid === server.child.pid && file.ready) return undefined;
    if (signal?.aborted || Date.now() > until) {
      await stop(server);
      throw signal?.reason ?? new CannotStart(`PostgreSQL did not answer in ${START_SECONDS} s, see ${logFile}`);
    }
    await pause(15);
  }
  return readFileSync(logFile, 'utf8') || (await server.ended);
}

const hasEnded = ({ pid, exitCode, signalCode }) => pid === undefined || exitCode !== null || signalCode !== null;

/** Ends PostgreSQL: it breaks off its clients and writes all down; one that hangs is killed. */
async function stop({ child, ended }) {
  for (const [signal, seconds] of [
    ['SIGINT', 10],
    ['SIGQUIT', 3],
    ['SIGKILL', 3],
  ]) {
    child.kill(signal);
    if (await Promise.race([ended.then(() => true), pause(seconds * 1000, false, { ref: false })])) return;
  }
}
