import { setTimeout as pause } from 'node:timers/promises';
import { Refused } from '../prove/api.mjs';

const API = '/api/v1/scheduling';
const REST_MS = 80;

/**
 * Students who go on booking, `many` of them at once, until `stop` is called. What each was answered is kept with the instants before it was
 * asked and after it was answered: `{ n, slot_id, student_id, booking_id, refusal, asked, answered }`.
 */
export class Writers {
  results = [];
  #isOver = false;
  #working;

  constructor(api, orders, many) {
    const own = (k) => orders.filter(({ n }) => n % many === k);
    this.#working = Promise.all(Array.from({ length: many }, (_, k) => this.#work(api, own(k))));
  }

  /** How many bookings were confirmed so far. */
  get confirmed() {
    return this.results.filter(({ booking_id: id }) => id).length;
  }

  /** Lets them end what they have begun. */
  async stop() {
    this.#isOver = true;
    await this.#working;
  }

  async #work(api, orders) {
    for (const order of orders) {
      if (this.#isOver) return;
      this.results.push(await place(api, order));
      await pause(REST_MS, undefined, { signal: api.signal });
    }
  }
}

/** Holds a slot and books it, once however often it is asked for. */
export async function place(api, { n, slotId, student: { id, token } }) {
  const ordered = { n, slot_id: slotId, student_id: id };
  let asked = Date.now();
  try {
    await api.send('POST', `${API}/booking/hold`, { token, body: { slot_id: slotId } });
    const body = { slot_id: slotId, payment_method: 'credit' };
    asked = Date.now();
    const { booking_id: booking } = await api.send('POST', `${API}/booking/confirm`, {
      token,
      body,
      key: `order ${n}`,
    });
    return { ...ordered, booking_id: booking, refusal: null, asked, answered: Date.now() };
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    return { ...ordered, booking_id: null, refusal: error.message, asked, answered: Date.now() };
  }
}
