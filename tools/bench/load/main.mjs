// A generator of load in a process of its own. Closed-loop by autocannon: as many requests as the server answers, which is
// its capacity. Open-loop by ourselves: requests begin at a constant rate whether or not earlier ones have been answered.
import autocannon from 'autocannon';
import { answering } from '../answering.mjs';
import { atConstantRate } from './constant-rate.mjs';
import { oneByOne } from './one-by-one.mjs';
import { burst, chains } from './pairs.mjs';

/** Requests that one measurement has at hand: more than any server answers while it lasts. */
const AT_HAND = 20_000;

const servers = new Map();

answering(
  {},
  {
    know: ({ name, origin, requests }) => void servers.set(name, { origin, requests, next: 0 }),
    capacity,
    latencies: ({ name, perSecond, seconds }) => atConstantRate({ ...some(name), perSecond, seconds }),
    chains,
    burst,
    oneByOne: ({ name, many }) => oneByOne(some(name, many)),
  },
);

/** Where to ask and what: the requests after those of the measurement before, and from the first again after the last. */
function some(name, many = AT_HAND) {
  const server = servers.get(name);
  const { origin, requests, next } = server;
  const chosen = Array.from(
    { length: Math.min(many, requests.length) },
    (_, n) => requests[(next + n) % requests.length],
  );
  server.next = (next + chosen.length) % requests.length;
  return { origin, requests: chosen };
}

/** Requests a second that the server answers to so many connections, each with a share of the requests of its own. */
async function capacity({ name, connections, seconds }) {
  const { origin, requests } = some(name);
  let client = 0;
  const share = () => {
    const own = requests.filter((_, n) => n % connections === client % connections);
    client += 1;
    return own;
  };
  const setupClient = (one) => one.setRequests(share());
  const result = await autocannon({ url: origin, connections, duration: seconds, setupClient });
  const failed = result.non2xx + result.errors + result.timeouts;
  if (failed > 0) throw new Error(`${failed} of ${result.requests.sent} requests to ${name} failed`);
  return result['2xx'] / result.duration;
}
