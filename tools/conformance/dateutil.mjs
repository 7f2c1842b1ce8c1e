import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

const SCRIPT = join(import.meta.dirname, 'dateutil_starts.py');

/** Questions that are on their way at once: it answers some while we compare others. */
const BATCH = 200;

export class CannotRun extends Error {}

/** One python3 with dateutil, which answers questions in the order in which they are asked. */
export class Dateutil {
  #child;
  #answers;
  #complaint = '';

  constructor() {
    this.#child = spawn('python3', [SCRIPT], { stdio: 'pipe', env: { ...process.env, TZ: 'UTC' } });
    this.#child.stderr.on('data', (text) => (this.#complaint += text));
    this.#child.once('error', (error) => (this.#complaint += error.message));
    // Told by the answers that do not come.
    this.#child.stdin.on('error', (error) => (this.#complaint += `${error.message}\n`));
    this.#answers = createInterface({ input: this.#child.stdout })[Symbol.asyncIterator]();
  }

  /** Asks one question. */
  async ask(question) {
    this.#send([question]);
    return this.#answer();
  }

  /** Asks many, and passes each on with its answer. */
  async *askAll(questions) {
    let asked = [];
    for (const batch of batches(questions)) {
      this.#send(batch);
      for (const question of asked) yield { question, answer: await this.#answer() };
      asked = batch;
    }
    for (const question of asked) yield { question, answer: await this.#answer() };
  }

  /** Ends it, and waits until it is gone. */
  async end() {
    const { pid, exitCode, signalCode } = this.#child;
    if (pid === undefined || exitCode !== null || signalCode !== null) return;
    const gone = once(this.#child, 'exit');
    this.#child.kill('SIGKILL');
    await gone;
  }

  #send(questions) {
    this.#child.stdin.write(questions.map((question) => `${JSON.stringify(question)}\n`).join(''));
  }

  async #answer() {
    const { value, done } = await this.#answers.next();
    if (done) throw new CannotRun(`python3 with dateutil does not answer:\n${this.#complaint.trim()}`);
    return JSON.parse(value);
  }
}

function* batches(questions) {
  let batch = [];
  for (const question of questions) {
    batch.push(question);
    if (batch.length < BATCH) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}
