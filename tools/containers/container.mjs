import { readFileSync } from 'node:fs';
import { CannotStart } from '../postgres/cannot-start.mjs';
import { eventually } from '../prove/eventually.mjs';
import { imageOf } from './images.mjs';

/** As a cluster that trusts nobody runs them. The limits are given since podman cannot raise this machine's own here; timers for health checks need systemd. */
const BOUNDS = ['--network', 'host', '--read-only', '--read-only-tmpfs=false', '--cap-drop', 'ALL']
  .concat(['--security-opt', 'no-new-privileges', '--memory', '512m', '--no-healthcheck'])
  .concat(['--ulimit', 'nofile=4096:4096', '--ulimit', 'nproc=1024:1024']);
const READY_SECONDS = 90;
/** As Kubernetes is patient. */
const GRACE_SECONDS = 30;

const variables = (environment) =>
  Object.entries(environment).flatMap(([name, value]) => ['--env', `${name}=${value}`]);

/** Runs the image of migrations to its end; answers what it said. */
export const runJob = ({ podman }, environment) =>
  podman('run', '--rm', ...BOUNDS, ...variables(environment), imageOf('jobs'));

/** A container of a service that runs. */
export class Container {
  constructor({ podman, remove }, name, environment, label = name) {
    this.label = `scheduling-${process.pid}-${label}`;
    Object.assign(this, { podman, name, environment, remove: () => remove(this.label) });
  }

  /** Starts it; it may not be ready yet. */
  async start() {
    await this.podman(
      'run',
      '--detach',
      '--name',
      this.label,
      ...BOUNDS,
      ...variables(this.environment),
      imageOf(this.name),
    );
    this.pid = Number(await this.#state('Pid'));
  }

  /** Waits until it serves. */
  async ready(address, signal) {
    const ask = async () => {
      if ((await this.#state('Running')) !== 'true')
        throw new CannotStart(`${this.name} has ended:\n${await this.said()}`);
      const answer = await fetch(`${address}/health/ready`, { signal: AbortSignal.timeout(2000) }).catch(() => null);
      return answer?.ok;
    };
    if (await eventually(ask, { seconds: READY_SECONDS, every: 300, signal })) return;
    throw new CannotStart(`${this.name} was not ready in ${READY_SECONDS} s:\n${await this.said()}`);
  }

  /** Of its memory that is resident: what it has now, and the most that it had, in MB. */
  memory() {
    const status = readFileSync(`/proc/${this.pid}/status`, 'utf8');
    const megabytes = (field) => Math.round(Number(new RegExp(`^${field}:\\s+(\\d+) kB`, 'm').exec(status)[1]) / 1024);
    return { now: megabytes('VmRSS'), most: megabytes('VmHWM') };
  }

  /** How it is held: the user, the capabilities that it could have, and whether it could gain more. */
  held() {
    const status = readFileSync(`/proc/${this.pid}/status`, 'utf8');
    const [, user] = /^Uid:\s+(\d+)/m.exec(status);
    const [, bounding] = /^CapBnd:\s+([\da-f]+)/m.exec(status);
    const [, noNew] = /^NoNewPrivs:\s+(\d)/m.exec(status);
    return { user: Number(user), capabilities: BigInt(`0x${bounding}`), mayGain: noNew !== '1' };
  }

  /** Runs a command inside; answers its exit code. */
  async inside(...args) {
    return this.podman('exec', this.label, ...args).then(
      () => 0,
      (error) => Number(/ended with (\d+)/.exec(error.message)?.[1] ?? Number.NaN),
    );
  }

  /** Sends SIGTERM; answers the exit code, and how long it took in seconds. It is killed when patience ends, which is 137. */
  async stop() {
    const began = performance.now();
    await this.podman('stop', '--time', String(GRACE_SECONDS), this.label);
    const seconds = (performance.now() - began) / 1000;
    return { code: Number(await this.#state('ExitCode')), seconds };
  }

  /** The end of its log. */
  async said() {
    return (await this.podman('logs', this.label).catch(({ message }) => message)).slice(-3000);
  }

  #state(field) {
    return this.podman('inspect', '--format', `{{.State.${field}}}`, this.label);
  }
}
