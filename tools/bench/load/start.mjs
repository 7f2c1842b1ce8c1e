import { fileURLToPath } from 'node:url';
import { Child } from '../child.mjs';

const script = fileURLToPath(new URL('./main.mjs', import.meta.url));
/** As many clients as keep a service of two cores busy. */
const CONNECTIONS = 10;

/** Chains are bounded by whoever sends them. */
const CHAINS_SECONDS = 1200;

/** Starts the generator of load and tells it of servers by name: `{origin, requests}` each. */
export async function startLoad({ house, opened, signal }, servers = {}) {
  const child = await Child.start({ name: 'load', script, folder: house.folder }, opened, signal);
  const ask = (what, value) => child.ask(what, value, { seconds: 120, signal });
  for (const [name, { origin, requests }] of Object.entries(servers)) await ask('know', { name, origin, requests });
  return {
    chains: (order) => child.ask('chains', order, { seconds: CHAINS_SECONDS, signal }),
    burst: (order) => ask('burst', order),
    capacity: (name, seconds) => ask('capacity', { name, seconds, connections: CONNECTIONS }),
    latencies: (name, perSecond, seconds) => ask('latencies', { name, perSecond, seconds }),
    oneByOne: (name, many) => ask('oneByOne', { name, many }),
  };
}
