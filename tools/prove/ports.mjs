import { usablePort } from '../start/port.mjs';

/**
 * Below the ports that systems give to outgoing connections: what is killed must find its port free when it comes back,
 * and nobody may meet himself there while nobody listens.
 */
const [FIRST, LAST] = [20_000, 29_999];
const given = new Set();
let next = FIRST + (process.pid % (LAST - FIRST));

/** A free port of the loopback that is given to nobody else. */
export async function fixedPort() {
  for (let tried = 0; tried < 1000; tried += 1) {
    next = next === LAST ? FIRST : next + 1;
    if (!given.has(next) && (await isFree(next))) {
      given.add(next);
      return next;
    }
  }
  throw new Error(`No free port from ${FIRST} to ${LAST}.`);
}

const isFree = (port) =>
  usablePort(port, '127.0.0.1').then(
    () => true,
    () => false,
  );
