import { createRequire } from 'node:module';
import { GATEWAY } from './gateway.mjs';
import { check, show } from './tell.mjs';

const require = createRequire(import.meta.url);
const { follow } = require('../../libs/client/dist/index.js');

const DEADLINE = 10_000;

/** Follows a topic as an app would, and waits until what is followed is as promised. */
export class Live {
  #items = new Map();
  #waiting = new Set();

  constructor(who, topic) {
    this.following = follow({
      baseUrl: GATEWAY,
      token: who.token,
      topic,
      onChange: (items) => {
        this.#items = items;
        for (const look of this.#waiting) look();
      },
    });
  }

  /** Goes on when `isSo` holds of what is followed. */
  async until(isSo, promise) {
    const began = Date.now();
    const came = await new Promise((resolve) => {
      const look = () => isSo(this.#items) && resolve(true);
      this.#waiting.add(look);
      setTimeout(() => resolve(false), DEADLINE);
      look();
    });
    check(came, promise, [...this.#items.keys()]);
    show(`after ${Date.now() - began} ms`);
  }

  close() {
    this.following.close();
  }
}
