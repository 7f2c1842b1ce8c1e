import { Connections } from './connections.mjs';

/** Sends requests one after the other over one connection and answers how long each took, in milliseconds. */
export async function oneByOne({ origin, requests }) {
  const connections = new Connections(origin, 1);
  const latencies = [];
  try {
    for (const request of requests) {
      const began = performance.now();
      await connections.get(request);
      latencies.push(performance.now() - began);
    }
  } finally {
    connections.close();
  }
  return latencies;
}
