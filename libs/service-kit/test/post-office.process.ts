import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

const TOP = join(__dirname, '..', '..', '..');
const HOOK = ['--conditions=@scheduling/source', '--import', join(TOP, 'tools', 'swc-hook.mjs')];

/** The post office in a process of its own. */
export interface PostOffice {
  readonly child: ChildProcess;
  /** What it has written, by lines. */
  readonly lines: readonly string[];
  /** Where it listens, once it does. */
  readonly url: Promise<string>;
  /** Its exit code, once it has ended; null where a signal ended it. */
  readonly exit: Promise<number | null>;
  /** Sends a parcel; answers its body. */
  readonly send: (name: string, headers?: Record<string, string>) => Promise<Record<string, unknown>>;
}

/** Starts the post office with these settings beside the usual ones. */
export function startPostOffice(settings: Record<string, string>): PostOffice {
  const env = {
    TZ: 'UTC',
    PORT: '0',
    HOST: '127.0.0.1',
    AUTH_ISSUER: 'http://127.0.0.1:1',
    ...settings,
  };
  const child = spawn(process.execPath, [...HOOK, join(__dirname, 'post-office.main.ts')], {
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const lines: string[] = [];
  const url = new Promise<string>((resolve) => {
    for (const input of [child.stdout, child.stderr])
      createInterface({ input }).on('line', (line) => {
        lines.push(line);
        const address = /^\{"service":"post","url":"(?<url>[^"]+)"/.exec(line)?.groups?.['url'];
        if (address) resolve(address);
      });
  });
  return {
    child,
    lines,
    url,
    exit: once(child, 'exit').then(([code]) => code as number | null),
    send: async (name, headers = {}) => {
      const answer = await fetch(`${await url}/parcels/any-street`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body: JSON.stringify({ name }),
      });
      return (await answer.json()) as Record<string, unknown>;
    },
  };
}
