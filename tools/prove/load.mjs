import { setTimeout as pause } from 'node:timers/promises';
import { Refused } from './api.mjs';

const API = '/api/v1/scheduling';
const MOST_AT_ONCE = 40;

/** Places all orders, `pace` beginning in a second, together once in `beat` milliseconds; answers each with its booking, or why it has none. */
export async function placeAll(api, orders, { pace, beat }) {
  const waiting = [...orders];
  const underway = new Set();
  const results = [];
  const last = new Map(); // a student may hold three lessons at most, and here orders one after the other
  while (waiting.length > 0) {
    const room = Math.min(Math.ceil((pace * beat) / 1000), MOST_AT_ONCE - underway.size);
    for (const order of waiting.splice(0, Math.max(room, 0))) {
      const before = last.get(order.student) ?? Promise.resolve();
      const placing = before
        .then(() => place(api, order))
        .then((result) => {
          results.push(result);
          underway.delete(placing);
        });
      last.set(order.student, placing);
      underway.add(placing);
    }
    await pause(beat, undefined, { signal: api.signal });
  }
  await Promise.all(underway);
  return results;
}

/** Holds and confirms; every other confirmation is named by a key, the others are known by what they ask for. */
async function place(api, { n, slotId, student: { id, token } }) {
  const ordered = { n, slot_id: slotId, student_id: id };
  try {
    await api.send('POST', `${API}/booking/hold`, { token, body: { slot_id: slotId } });
    const body = { slot_id: slotId, payment_method: 'credit' };
    const key = n % 2 === 0 ? `order ${n}` : undefined;
    const { booking_id: booking } = await api.send('POST', `${API}/booking/confirm`, { token, body, key });
    return { ...ordered, booking_id: booking, refusal: null };
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    return { ...ordered, booking_id: null, refusal: error.message };
  }
}
