import { connect, createServer } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';

const LOOK_MS = 100;
const PATIENCE_MS = 1000;

/**
 * Hands each new connection to a backend that says that it is ready, as a Kubernetes Service does: what is open stays where it is. A
 * backend that has just gone is noticed at the next look.
 */
export class Balancer {
  #ready = [];
  #turn = 0;
  #stopping = new AbortController();

  constructor(ports) {
    this.ports = ports;
  }

  /** Listens on `port`, and looks at the backends until it is closed. */
  async open(port) {
    this.server = createServer((client) => this.#pass(client));
    await new Promise((ready) => this.server.listen(port, '127.0.0.1', ready));
    this.looking = this.#look();
  }

  async close() {
    this.#stopping.abort();
    this.server.close();
    await this.looking;
  }

  async #look() {
    while (!this.#stopping.signal.aborted) {
      const answers = await Promise.all(this.ports.map((port) => isReady(port)));
      this.#ready = this.ports.filter((_, at) => answers[at]);
      await pause(LOOK_MS, undefined, { signal: this.#stopping.signal }).catch(() => undefined);
    }
  }

  #pass(client) {
    if (this.#ready.length === 0) return client.destroy();
    const backend = connect(this.#ready[this.#turn++ % this.#ready.length], '127.0.0.1');
    for (const [one, other] of [
      [client, backend],
      [backend, client],
    ]) {
      one.setNoDelay(true);
      one.pipe(other);
      one.on('error', () => other.destroy());
      one.on('close', () => other.destroy());
    }
  }
}

const isReady = (port) =>
  fetch(`http://127.0.0.1:${port}/health/ready`, { signal: AbortSignal.timeout(PATIENCE_MS) }).then(
    ({ ok }) => ok,
    () => false,
  );
