import { eventually } from '../prove/eventually.mjs';

const SECONDS = 60;

/** The free slots of tutors, each given once. */
export class Slots {
  #free = new Map();
  #pages = new Map();

  /** `ask` gets a path of the API. */
  constructor(ask, signal) {
    Object.assign(this, { ask, signal });
  }

  /** A slot of a tutor's that nobody has been given yet. */
  async next(tutor) {
    if (!this.#free.get(tutor)?.length) this.#free.set(tutor, await this.#page(tutor));
    return { slot_id: this.#free.get(tutor).shift().slot_id };
  }

  async #page(tutor) {
    const cursor = this.#pages.get(tutor);
    const path = `/availability/${tutor}/slots?limit=100${cursor ? `&cursor=${encodeURIComponent(cursor)}` : ''}`;
    const page = async () => {
      const { items, next_cursor } = await this.ask(path);
      if (items.length > 0) this.#pages.set(tutor, next_cursor);
      return { items };
    };
    return someOf(page, this.signal);
  }
}

/** What a list holds, as soon as it holds something. */
export async function someOf(list, signal) {
  const ask = async () => {
    const { items } = await list();
    return items.length > 0 && items;
  };
  const items = await eventually(ask, { seconds: SECONDS, signal });
  if (!items) throw new Error('What the walk waits for did not come.');
  return items;
}
