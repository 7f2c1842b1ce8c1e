import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { tied } from '../postgres/tied.mjs';

const READY_SECONDS = 60;
const STOP_SECONDS = 5;
const children = new Set();
process.on('exit', () => children.forEach((child) => child.kill('SIGKILL')));

/** A process beside ours that answers questions: a service, a twin, a generator of load. It ends with the bench. */
export class Child {
  #child;
  #asked = 0;
  #waiting = new Map();
  #logFile;

  /** Starts a script, and answers when it says that it is ready; what it says then is `ready`. */
  static async start({ name, script, args = [], env = {}, folder }, opened, signal) {
    const child = new Child(name, join(folder, `${name}.log`));
    child.#spawn(script, args, env);
    opened.add(name, () => child.stop());
    child.ready = await child.#answer('ready', READY_SECONDS * 1000, signal);
    return child;
  }

  constructor(name, logFile) {
    this.name = name;
    this.#logFile = logFile;
  }

  /** Asks it to do something, and answers what it says; `seconds` is the time that it has. */
  async ask(what, value, { seconds = 60, signal } = {}) {
    const id = (this.#asked += 1);
    const answer = this.#answer(id, seconds * 1000, signal);
    this.#child.send({ id, what, value });
    return answer;
  }

  /** How much memory it has resident, in megabytes; NaN where the system does not tell. */
  get megabytes() {
    try {
      const [, kilobytes] = /^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${this.#child.pid}/status`, 'utf8'));
      return kilobytes / 1024;
    } catch {
      return Number.NaN;
    }
  }

  /** Ends it, at last by force. */
  async stop() {
    const child = this.#child;
    if (child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, 'exit');
    child.kill('SIGTERM');
    await Promise.race([
      ended,
      pause(STOP_SECONDS * 1000, undefined, { ref: false }).then(() => child.kill('SIGKILL')),
    ]);
  }

  #spawn(script, args, env) {
    const log = openSync(this.#logFile, 'w');
    const [command, ...rest] = tied([process.execPath, script, ...args]);
    const { PATH, NODE_OPTIONS } = process.env; // NODE_OPTIONS=--cpu-prof shows where the time goes
    const child = spawn(command, rest, {
      env: { PATH, ...(NODE_OPTIONS && { NODE_OPTIONS }), TZ: 'UTC', ...env },
      stdio: ['ignore', log, log, 'ipc'],
      detached: true, // Ctrl-C reaches the bench only, which ends the others in order
    });
    closeSync(log);
    this.#child = child;
    children.add(child);
    child.on('message', ({ id, answer, error }) => this.#waiting.get(id)?.(error, answer));
    child.once('error', (error) => this.#died(error.message));
    child.once('exit', (code, by) => this.#died(`it ended with ${by ?? code}`));
  }

  #answer(id, milliseconds, signal) {
    const { promise, resolve, reject } = Promise.withResolvers();
    const late = setTimeout(() => reject(this.#failure(`no answer in ${milliseconds / 1000} s`)), milliseconds);
    const stop = () => reject(signal.reason);
    signal?.addEventListener('abort', stop, { once: true });
    this.#waiting.set(id, (error, answer) => (error ? reject(this.#failure(error)) : resolve(answer)));
    return promise.finally(() => {
      clearTimeout(late);
      signal?.removeEventListener('abort', stop);
      this.#waiting.delete(id);
    });
  }

  #died(how) {
    children.delete(this.#child);
    for (const settle of this.#waiting.values()) settle(how);
  }

  #failure(why) {
    const said = readFileSync(this.#logFile, 'utf8').trimEnd().split('\n').slice(-10).join('\n').slice(-3000);
    return new Error(`${this.name}: ${why}\n${said}`);
  }
}
