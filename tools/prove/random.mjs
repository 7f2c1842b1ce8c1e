/** Chance that can be repeated: the same seed gives the same numbers (mulberry32). */
export class Random {
  #state;

  constructor(seed) {
    this.#state = seed >>> 0;
  }

  /** From 0 to 1, without the 1. */
  next() {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let bits = this.#state;
    bits = Math.imul(bits ^ (bits >>> 15), bits | 1);
    bits ^= bits + Math.imul(bits ^ (bits >>> 7), bits | 61);
    return ((bits ^ (bits >>> 14)) >>> 0) / 2 ** 32;
  }

  /** From one number to another. */
  between(from, to) {
    return from + this.next() * (to - from);
  }

  /** One of several. */
  pick(several) {
    return several[Math.floor(this.next() * several.length)];
  }

  /** The same things in another order. */
  shuffled(things) {
    return things
      .map((thing) => [this.next(), thing])
      .toSorted(([a], [b]) => a - b)
      .map(([, thing]) => thing);
  }
}
