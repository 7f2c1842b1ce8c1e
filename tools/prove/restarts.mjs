import { setTimeout as pause } from 'node:timers/promises';
import { megabytesOf } from './memory-of.mjs';
import { MORTAL } from './house.mjs';

const API = '/api/v1/scheduling';
/** What is read all the time beside the bookings, so that each service is asked. */
const READ = [
  `${API}/bookings`,
  `${API}/notifications`,
  `${API}/calendar/status`,
  `${API}/availability/conflicts`,
  '/api/v1/accounts/me',
];
const READERS = 4;
const BETWEEN_READS_MS = 20;

/**
 * Restarts each replica of each service in turn, as a rolling update does, while lessons are booked and everything is read. Answers what each
 * ended with, and how much memory each had before and meanwhile.
 */
export async function restartAll({ house, api }, { say, signal }, load) {
  const over = new AbortController();
  const readers = await Promise.all(Array.from({ length: READERS }, (_, n) => reader(api, n)));
  const reading = Promise.all(readers.map((token) => readOn(api, token, over.signal)));
  const memory = Object.fromEntries(
    Object.entries(house.services).map(([name, one]) => [name, { idle: megabytesOf(one.pid) }]),
  );
  const restarts = [];
  const loading = { isOver: false };
  void load.then(() => (loading.isOver = true));
  // Twice round, and on until the bookings are placed: each service is restarted while it has something to do.
  for (let round = 1; round <= 2 || !loading.isOver; round += 1) {
    for (const app of MORTAL) {
      for (const replica of house.replicasOf(app)) {
        signal.throwIfAborted();
        memory[replica.name].loaded = Math.max(memory[replica.name].loaded ?? 0, megabytesOf(replica.pid));
        restarts.push({ round, name: replica.name, ...(await replica.restart()) });
        await house.ready(replica);
      }
    }
    say(`round ${round}: every replica was restarted`);
  }
  over.abort();
  return { restarts, memory, reads: (await reading).reduce((sum, one) => sum + one, 0) };
}

/** Somebody who may read everything of their own. */
async function reader(api, n) {
  const body = { email: `reader.${n}@prove.test`, roles: ['tutor', 'student'] };
  return (await api.send('POST', '/api/v1/accounts/dev/token', { body })).access_token;
}

async function readOn(api, token, over) {
  let reads = 0;
  while (!over.aborted) {
    await api.send('GET', READ[reads++ % READ.length], { token });
    await pause(BETWEEN_READS_MS);
  }
  return reads;
}
