import { setTimeout as pause } from 'node:timers/promises';

/** No part may keep the others from being stopped, in seconds. */
const PATIENCE = 5;

/** What has been opened so far, to be closed in the reverse order however far the start came. */
export class Opened {
  #parts = [];

  /** How many there are. */
  get size() {
    return this.#parts.length;
  }

  /** Remembers how to close something. */
  add(name, close) {
    this.#parts.push({ name, close });
  }

  /** Closes all, last first; what fails or hangs is named and passed over. */
  async close() {
    for (const { name, close } of this.#parts.splice(0).toReversed()) await closeOne(name, close);
  }
}

/** Closes one thing within bounds. */
export async function closeOne(name, close) {
  try {
    const late = pause(PATIENCE * 1000, 'late', { ref: false });
    if ((await Promise.race([close(), late])) === 'late') console.error(`${name} did not stop in ${PATIENCE} s.`);
  } catch (error) {
    console.error(`${name} did not stop cleanly: ${error.message}`);
  }
}
