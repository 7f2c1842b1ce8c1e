import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { tied } from '../postgres/tied.mjs';

const REST_MS = 50;
/** A process that dies by itself again and again is not brought back for ever. */
const MOST_OWN_DEATHS = 10;
const STOP_MS = 8000;
/** What a grace period is in Kubernetes, by default. */
const GRACE_MS = 30_000;

const groups = new Set();
process.on('exit', () => groups.forEach((pid) => killGroup(pid)));

/** A process in a group of its own that is brought back whenever it dies, until it is stopped. */
export class Supervised {
  /** How often it was killed by us; how it died by itself, each time with the last that it wrote. */
  kills = 0;
  ownDeaths = [];
  #child;
  #isStopping = false;
  #awaited = 0;

  constructor({ app, name, command, env, logFile }) {
    Object.assign(this, { app, name, command, env, logFile });
  }

  /** Starts it. */
  start() {
    const log = openSync(this.logFile, 'a');
    const [command, ...args] = tied(this.command);
    const child = spawn(command, args, { env: this.env, stdio: ['ignore', log, log], detached: true });
    closeSync(log);
    this.#child = child;
    if (child.pid) groups.add(child.pid);
    child.once('error', () => this.#died(child));
    child.once('exit', () => this.#died(child));
  }

  /** Ends it with kill -9, at once. */
  kill() {
    this.kills += 1;
    this.#awaited += 1;
    killGroup(this.#child.pid);
  }

  /** Whether there is a process to kill. */
  get isUp() {
    return isUp(this.#child);
  }

  /** The process's own number; what ties it to us became it. */
  get pid() {
    return this.#child.pid;
  }

  /** Asks it to end, waits until it has, and starts it again; answers how it ended and how long that took. */
  async restart() {
    this.#isStopping = true;
    const child = this.#child;
    const began = performance.now();
    const ended = once(child, 'exit');
    process.kill(child.pid, 'SIGTERM');
    await Promise.race([ended, pause(GRACE_MS, undefined, { ref: false })]);
    if (isUp(child)) killGroup(child.pid);
    const [code, killedBy] = await ended;
    this.#isStopping = false;
    this.start();
    return { code, killedBy, seconds: (performance.now() - began) / 1000 };
  }

  /** Asks it to end and waits; whether it did without being killed. */
  async stop() {
    this.#isStopping = true;
    const child = this.#child;
    if (!isUp(child)) return true;
    const ended = once(child, 'exit').then(() => true);
    process.kill(child.pid, 'SIGTERM');
    const isPolite = await Promise.race([ended, pause(STOP_MS, false, { ref: false })]);
    if (!isPolite) killGroup(child.pid);
    return isPolite;
  }

  /** What its log tells of things gone wrong, each kind once and with how often it came, the commonest first. */
  complaints(most = 6) {
    const lines = readFileSync(this.logFile, 'utf8').split('\n');
    const wrong = lines.filter((line) => /"level":"(warn|error|fatal)"|Error/.test(line));
    const kinds = Map.groupBy(wrong, (line) => line.replaceAll(/[\da-f]{8}-[\da-f-]{27}|\d+/g, '#'));
    const sorted = [...kinds.values()].toSorted((a, b) => b.length - a.length);
    return sorted.slice(0, most).map((same) => `${same.length} × ${same[0].slice(0, 300)}`);
  }

  #lastWords() {
    return readFileSync(this.logFile, 'utf8').trimEnd().split('\n').slice(-12).join('\n').slice(-3000);
  }

  #died(child) {
    groups.delete(child.pid);
    if (this.#isStopping || child !== this.#child) return;
    if (this.#awaited > 0) this.#awaited -= 1;
    else this.ownDeaths.push(`ended with ${child.signalCode ?? child.exitCode}:\n${this.#lastWords()}`);
    if (this.ownDeaths.length >= MOST_OWN_DEATHS) return;
    setTimeout(() => this.#isStopping || this.start(), REST_MS);
  }
}

const isUp = (child) => child?.pid !== undefined && child.exitCode === null && child.signalCode === null;

function killGroup(pid) {
  try {
    process.kill(-pid, 'SIGKILL');
  } catch (error) {
    if (error.code !== 'ESRCH') throw error;
  }
}
