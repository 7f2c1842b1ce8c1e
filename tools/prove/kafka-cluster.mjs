import { spawn, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { tied } from '../postgres/tied.mjs';
import { ROOT } from '../start/settings.mjs';
import { fixedPort } from './ports.mjs';

const READY_SECONDS = 240; // the first time Maven fetches Kafka
const STOP_MS = 20_000;

/** Whether this machine has what Kafka runs on. */
export const canRunKafka = () => ['java', 'mvn'].every((tool) => spawnSync(tool, ['-version']).status === 0);

/** Starts a Kafka of so many nodes on the loopback: `{ brokers, node(id) }`; each node is broker and controller. */
export async function startKafka(count, opened, signal) {
  const folder = mkdtempSync(join(tmpdir(), 'scheduling-prove-kafka-'));
  opened.add("Kafka's folder", async () => rmSync(folder, { recursive: true, force: true, maxRetries: 3 }));
  const nodes = [];
  for (let id = 1; id <= count; id += 1) {
    nodes.push(new KafkaNode({ id, folder, port: await fixedPort(), controllerPort: await fixedPort() }));
  }
  const clusterId = `A${randomBytes(16).toString('base64url').slice(1)}`;
  for (const node of nodes) node.join(clusterId, nodes);
  opened.add('Kafka', () => Promise.all(nodes.map((node) => node.end('SIGKILL'))));
  await Promise.all(nodes.map((node) => node.start(signal)));
  return { brokers: nodes.map(({ port }) => `127.0.0.1:${port}`), node: (id) => nodes.find((one) => one.id === id) };
}

/** One node: a tools/kafka.mjs, and the Java below it. */
class KafkaNode {
  #keeper;
  #java;
  #args;

  constructor({ id, folder, port, controllerPort }) {
    Object.assign(this, { id, folder, port, controllerPort });
  }

  /** Says which cluster it belongs to. */
  join(clusterId, nodes) {
    const replicas = Math.min(3, nodes.length);
    const own = {
      'node.id': this.id,
      'controller.quorum.voters': nodes.map((one) => `${one.id}@127.0.0.1:${one.controllerPort}`).join(','),
      'offsets.topic.replication.factor': replicas,
      'transaction.state.log.replication.factor': replicas,
      'transaction.state.log.min.isr': Math.min(2, replicas),
    };
    const where = ['--data', join(this.folder, String(this.id)), '--cache', join(ROOT, '.cache')];
    const ports = ['--port', String(this.port), '--controller-port', String(this.controllerPort)];
    const set = Object.entries(own).flatMap(([key, value]) => ['--set', `${key}=${value}`]);
    this.#args = [join(ROOT, 'tools', 'kafka.mjs'), ...where, ...ports, '--cluster-id', clusterId, ...set];
  }

  /** Starts it and waits until it answers. */
  async start(signal) {
    const [command, ...args] = tied([process.execPath, ...this.#args]);
    const keeper = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'], detached: true });
    this.#keeper = keeper;
    let said = '';
    keeper.stderr.on('data', (text) => (said += text));
    const answer = Promise.race([
      once(keeper.stdout, 'data').then(([line]) => JSON.parse(line)),
      once(keeper, 'exit').then(() => undefined),
      pause(READY_SECONDS * 1000, undefined, { ref: false, signal }),
    ]);
    this.#java = (await answer)?.pid;
    signal?.throwIfAborted();
    if (!this.#java) throw new Error(`Node ${this.id} of Kafka did not start: ${said}`);
  }

  /** Ends it, cleanly by SIGTERM or at once by SIGKILL, and waits until it is gone. */
  async end(how) {
    const keeper = this.#keeper;
    if (!keeper || keeper.exitCode !== null || keeper.signalCode !== null) return;
    const gone = once(keeper, 'exit');
    // The keeper ends when its Java does.
    if (how === 'SIGKILL' && this.#java) process.kill(this.#java, how);
    else keeper.kill('SIGTERM');
    const late = await Promise.race([gone.then(() => false), pause(STOP_MS, true, { ref: false })]);
    if (late) keeper.kill('SIGKILL'); // java is tied to it
  }
}
