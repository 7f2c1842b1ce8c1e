import { Connections } from './connections.mjs';

/**
 * Sends each chain of requests in order, so many chains at a time, until the time or the chains are over; answers chains a second.
 * An answer outside 2xx is an error: a chain that fails is no work done.
 */
export async function chains({ origin, list, connections: most, seconds }) {
  const connections = new Connections(origin, most);
  const ends = performance.now() + seconds * 1000;
  const began = performance.now();
  let next = 0;
  let done = 0;
  const client = async () => {
    while (next < list.length && performance.now() < ends) {
      for (const request of list[next++]) {
        const status = await connections.send(request);
        if (status < 200 || status > 299) throw new Error(`${request.path} → ${status}`);
      }
      done += 1;
    }
  };
  try {
    await Promise.all(Array.from({ length: most }, client));
  } finally {
    connections.close();
  }
  if (performance.now() < ends && Number.isFinite(seconds) && done < list.length)
    throw new Error('the clients ended early');
  return { done, perSecond: (done * 1000) / (performance.now() - began) };
}

/** Sends all requests at once, each over a connection of its own, and answers how long each took, in ms, by status. */
export async function burst({ origin, requests }) {
  const connections = new Connections(origin, requests.length);
  try {
    const began = performance.now();
    return await Promise.all(
      requests.map(async (request) => ({ status: await connections.send(request), took: performance.now() - began })),
    );
  } finally {
    connections.close();
  }
}
