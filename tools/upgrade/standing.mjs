import { eventually } from '../prove/eventually.mjs';

const API = '/api/v1/scheduling';
const DAY = 86_400_000;
const GRANT = 50_000;
/** How far ahead what is left standing lies, in days: a version that takes it over later finds it still to come for as long. */
const AHEAD_DAYS = 49;

/** Asks the API as one person; answers the body, or throws what was said. */
export async function ask(gateway, method, path, { token, body, key } = {}) {
  const answer = await fetch(gateway + path, {
    method,
    headers: {
      ...(token && { authorization: `Bearer ${token}` }),
      ...(body && { 'content-type': 'application/json' }),
      ...(key && { 'idempotency-key': key }),
    },
    ...(body && { body: JSON.stringify(body) }),
    signal: AbortSignal.timeout(20_000),
  });
  const said = await answer.text();
  if (!answer.ok) throw new Error(`${method} ${path} → ${answer.status} ${said.slice(0, 300)}`);
  return said ? JSON.parse(said) : undefined;
}

/** Signs a person in by the issuer of one machine; whoever has this e-mail is who they were before. */
export async function signIn(gateway, { email, name, roles, timezone }) {
  const body = { email, name, roles, timezone };
  const { user_id: id, access_token: token } = await ask(gateway, 'POST', '/api/v1/accounts/dev/token', { body });
  return { id, token };
}

/**
 * What the story ends is over; this leaves things standing: two lessons that a student has booked with credits and paid for, and a
 * third one held.
 */
export async function leaveStanding(gateway, signal) {
  const as = (name, role) => signIn(gateway, { email: `${name}@demo.test`, name, roles: [role], timezone: 'UTC' });
  const [tutor, student, admin] = [await as('tilda', 'tutor'), await as('stan', 'student'), await as('admin', 'admin')];
  const day = new Date(Date.now() + AHEAD_DAYS * DAY).toISOString().slice(0, 10);
  const block = { start_at: `${day}T08:00:00Z`, end_at: `${day}T12:00:00Z`, timezone: 'UTC', is_recurring: false };
  await ask(gateway, 'POST', `${API}/availability`, { token: tutor.token, body: block });
  const grant = { user_id: student.id, amount_cents: GRANT, currency: 'USD', reason: 'to book with' };
  await ask(gateway, 'POST', `${API}/credits/grants`, { token: admin.token, body: grant });
  const slots = await eventually(() => openSlots(gateway, tutor, student, day), { seconds: 30, signal });
  const order = async (path, slot, more) =>
    ask(gateway, 'POST', `${API}/booking/${path}`, { token: student.token, body: { slot_id: slot.slot_id, ...more } });
  for (const slot of slots.slice(0, 2)) {
    await order('hold', slot);
    await order('confirm', slot, { payment_method: 'credit' });
  }
  await order('hold', slots[2]);
}

async function openSlots(gateway, tutor, { token }, day) {
  const { items } = await ask(gateway, 'GET', `${API}/availability/${tutor.id}/slots?start_date=${day}&limit=100`, {
    token,
  });
  return items.length >= 3 && items;
}
