import { eventually } from './eventually.mjs';

const API = '/api/v1/scheduling';
const HOURS = Array.from({ length: 10 }, (_, i) => 8 + i);
const CREDITS = 1_000_000;
const DAY = 86_400_000;
const VISIBLE_SECONDS = 60;

/** Makes tutors with weekly rules and students with credits, and plans one order for each booking. */
export async function populate(api, { tutors, students, bookings }) {
  const admin = await person(api, 'admin', 0);
  const teaching = await Promise.all(numbered(tutors, (n) => person(api, 'tutor', n)));
  const learning = await Promise.all(numbered(students, (n) => person(api, 'student', n)));
  await Promise.all(teaching.map((tutor) => publish(api, tutor)));
  await Promise.all(learning.map((student) => grant(api, admin, student)));
  for (const one of [...teaching, ...learning]) await connectCalendar(api, one);
  const wanted = Math.ceil(bookings / tutors);
  const slots = await Promise.all(teaching.map((tutor) => slotsOf(api, tutor, learning[0], wanted)));
  return numbered(bookings, (n) => ({
    n,
    // All tutors teach at the same times: a student's orders are for one time each, as there are more students than tutors.
    slotId: slots[n % tutors][Math.floor(n / tutors)],
    student: learning[n % students],
  }));
}

const numbered = (count, make) => Array.from({ length: count }, (_, n) => make(n));

async function person(api, role, n) {
  const body = { email: `${role}.${n}@prove.test`, name: `${role} ${n}`, roles: [role], timezone: 'Europe/Kyiv' };
  const { user_id: id, access_token: token } = await api.send('POST', '/api/v1/accounts/dev/token', { body });
  return { id, token, email: body.email };
}

/** Agrees at Google's double as a browser does, and comes back. */
async function connectCalendar(api, { token, email }) {
  const { url } = await api.send('GET', `${API}/calendar/auth-url`, { token });
  const form = new URLSearchParams({ email, decision: 'allow' });
  for (const scope of new URL(url).searchParams.get('scope').split(' ')) form.append('scope', scope);
  const agreed = await fetch(url, { method: 'POST', body: form, redirect: 'manual', signal: api.signal });
  const back = await fetch(agreed.headers.get('location'), { signal: api.signal });
  if (!back.ok) throw new Error(`${email} did not get a calendar: ${back.status}`);
}

function publish(api, { token }) {
  const day = new Date(Date.now() + 2 * DAY).toISOString().slice(0, 10);
  const body = {
    start_at: `${day}T08:00:00Z`,
    end_at: `${day}T18:00:00Z`,
    is_recurring: true,
    rrule_string: `FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR,SA,SU;BYHOUR=${HOURS}`,
    timezone: 'UTC',
  };
  return api.send('POST', `${API}/availability`, { token, body });
}

function grant(api, admin, student) {
  const body = { user_id: student.id, amount_cents: CREDITS, currency: 'USD', reason: 'to book lessons with' };
  return api.send('POST', `${API}/credits/grants`, { token: admin.token, body, key: `grant ${student.id}` });
}

async function slotsOf(api, tutor, { token }, wanted) {
  const ask = async () => {
    const { items } = await api.send('GET', `${API}/availability/${tutor.id}/slots?limit=100`, { token });
    return items.length >= wanted && items;
  };
  const items = await eventually(ask, { seconds: VISIBLE_SECONDS, signal: api.signal });
  if (!items) throw new Error(`The rule of tutor ${tutor.id} gave no ${wanted} slots in ${VISIBLE_SECONDS} s.`);
  return items.slice(0, wanted).map(({ slot_id: id }) => id);
}
