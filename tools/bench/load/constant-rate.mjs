import { setTimeout as pause } from 'node:timers/promises';
import { Connections } from './connections.mjs';

/** As many connections as a proxy would keep; who finds none free waits, and that time counts. */
const CONNECTIONS = 128;

/**
 * Begins requests at a constant rate for so many seconds and answers how long each took, in milliseconds, from the instant at
 * which it was to begin: a server that stalls is charged for all whom it keeps waiting.
 */
export async function atConstantRate({ origin, requests, perSecond, seconds }) {
  const connections = new Connections(origin, CONNECTIONS);
  const total = Math.round(perSecond * seconds);
  const latencies = [];
  const one = async (n, due) => {
    await connections.get(requests[n % requests.length]);
    latencies.push(performance.now() - due);
  };
  const began = performance.now();
  const running = [];
  try {
    while (running.length < total) {
      const due = began + (running.length * 1000) / perSecond;
      const early = due - performance.now();
      if (early > 0) await pause(Math.max(1, early));
      else running.push(heeded(one(running.length, due)));
    }
    await Promise.all(running);
  } finally {
    connections.close();
  }
  return latencies;
}

/** A failure is told at the end, when all are waited for: until then it is not an unhandled one. */
function heeded(promise) {
  promise.catch(() => undefined);
  return promise;
}
