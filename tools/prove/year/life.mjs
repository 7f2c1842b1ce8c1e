import { Refused } from '../api.mjs';
import { DAY } from './world.mjs';

const API = '/api/v1/scheduling';
const PEOPLE = { tutors: 3, students: 10 };
const HOURS = '9,11,13,15,17,19';

/** What people do in a step of some days, all on its first morning: as a client would, through the gateway. */
export class Life {
  done = { bookings: 0, holds: 0, cancellations: 0, moves: 0, waits: 0, refusals: {} };
  #n = 0;

  constructor(world, api, random) {
    Object.assign(this, { world, api, random });
  }

  /** Lets everybody in, and the tutors say when they teach. */
  async begin() {
    this.admin = await this.#person('admin', 0);
    this.tutors = await Promise.all(Array.from({ length: PEOPLE.tutors }, (_, n) => this.#person('tutor', n)));
    this.students = await Promise.all(Array.from({ length: PEOPLE.students }, (_, n) => this.#person('student', n)));
    for (const tutor of this.tutors) await this.#teach(tutor);
    for (const person of [this.tutors[0], this.students[0], this.students[1]]) await this.#connectCalendar(person);
  }

  /** Some days of lives: lessons booked, held in vain, called off, moved, waited for; rules, names and wishes changed. */
  async step(days) {
    await this.#signIn();
    const lists = await Promise.all(this.tutors.map((tutor) => this.#slotsOf(tutor)));
    const free = this.random.shuffled(lists.flat());
    const booked = [];
    for (let i = 0; i < 2 * days; i += 1) booked.push(await this.#try('bookings', () => this.#book(free.pop(), i)));
    for (let i = 0; i < days; i += 1) await this.#try('holds', () => this.#hold(free.pop(), i));
    const lessons = booked.filter(Boolean);
    for (const lesson of lessons.slice(0, days / 2)) await this.#try('cancellations', () => this.#cancel(lesson));
    const [kept, waited] = lessons.slice(days / 2);
    if (kept) await this.#try('moves', () => this.#move(kept, free));
    if (waited) await this.#try('waits', () => this.#wait(waited));
    await this.#tutorsChange();
    const student = this.students[this.#n % PEOPLE.students];
    await this.#send('PATCH', '/api/v1/accounts/me', student, { name: `Student ${this.#n}` });
    await this.#send('GET', `${API}/calendar/auth-url`, this.students[2 + (this.#n % 5)]);
    await this.#send('POST', '/api/v1/accounts/me/exports', student);
    this.#n += 1;
  }

  async #person(role, n) {
    const body = { email: `${role}.${n}@year.test`, name: `${role} ${n}`, roles: [role], timezone: 'Europe/Kyiv' };
    const { user_id: id, access_token: token } = await this.api.send('POST', '/api/v1/accounts/dev/token', { body });
    return { role, n, id, token, email: body.email };
  }

  async #signIn() {
    for (const person of [this.admin, ...this.tutors, ...this.students]) {
      const { token } = await this.#person(person.role, person.n);
      person.token = token;
    }
    for (const { id } of this.students)
      await this.#send('POST', `${API}/credits/grants`, this.admin, {
        user_id: id,
        amount_cents: 50_000,
        currency: 'USD',
        reason: 'to book lessons with',
      });
  }

  async #teach(tutor) {
    await this.#send('PUT', `${API}/availability/settings`, tutor, { timezone: 'Europe/Kyiv', horizon_days: 21 });
    const day = new Date(this.world.at.getTime() + DAY).toISOString().slice(0, 10);
    await this.#send('POST', `${API}/availability`, tutor, {
      start_at: `${day}T09:00:00Z`,
      end_at: `${day}T10:00:00Z`,
      is_recurring: true,
      rrule_string: `FREQ=DAILY;BYHOUR=${HOURS}`,
      timezone: 'UTC',
    });
  }

  async #connectCalendar({ token, email }) {
    const { url } = await this.api.send('GET', `${API}/calendar/auth-url`, { token });
    const form = new URLSearchParams({ email, decision: 'allow' });
    for (const scope of new URL(url).searchParams.get('scope').split(' ')) form.append('scope', scope);
    const agreed = await fetch(url, { method: 'POST', body: form, redirect: 'manual' });
    const back = await fetch(agreed.headers.get('location'));
    if (!back.ok) throw new Error(`${email} did not get a calendar: ${back.status}`);
  }

  async #slotsOf(tutor) {
    const { items } = await this.#send('GET', `${API}/availability/${tutor.id}/slots?limit=100`, this.students[0]);
    return items.map(({ slot_id: id, start_at: startAt }) => ({ id, startAt, tutor }));
  }

  async #book(slot, i) {
    const student = this.students[i % PEOPLE.students];
    await this.#send('POST', `${API}/booking/hold`, student, { slot_id: slot.id });
    const order = { slot_id: slot.id, payment_method: 'credit' };
    const key = `order ${this.#n} ${i}`;
    const { booking_id: id } = await this.#send('POST', `${API}/booking/confirm`, student, order, key);
    return { id, slot, student };
  }

  #hold(slot, i) {
    const student = this.students[(i + 5) % PEOPLE.students];
    return this.#send('POST', `${API}/booking/hold`, student, { slot_id: slot.id });
  }

  #cancel({ id, student }) {
    return this.#send('POST', `${API}/bookings/${id}/cancel`, student, { reason: 'ill' });
  }

  #move({ id, slot, student }, free) {
    const other = free.find(({ tutor }) => tutor === slot.tutor);
    return this.#send('POST', `${API}/bookings/${id}/reschedule`, student, { new_slot_id: other.id, reason: 'late' });
  }

  #wait({ slot, student }) {
    const other = this.students.find((one) => one !== student);
    return this.#send('POST', `${API}/waitlist`, other, { tutor_id: slot.tutor.id, slot_id: slot.id });
  }

  /** An hour off that stands, one that is taken back, and a single date with hours of its own. */
  async #tutorsChange() {
    const tutor = this.tutors[this.#n % PEOPLE.tutors];
    const at = (days, hour) =>
      new Date(Math.floor(this.world.at.getTime() / DAY + days) * DAY + hour * 3_600_000).toISOString();
    const off = (days) => ({ start_at: at(days, 9), end_at: at(days, 10) });
    await this.#send('POST', `${API}/availability/time-off`, tutor, off(16));
    const { time_off_id: id } = await this.#send('POST', `${API}/availability/time-off`, tutor, off(17));
    await this.#send('DELETE', `${API}/availability/time-off/${id}`, tutor);
    const extra = { mode: 'extra', hours: [{ start: '06:00', end: '07:00' }], timezone: 'UTC' };
    await this.#send('PUT', `${API}/availability/overrides/${at(18, 0).slice(0, 10)}`, tutor, extra);
    const once = { start_at: at(15, 21), end_at: at(15, 22), is_recurring: false, timezone: 'UTC' };
    await this.#send('POST', `${API}/availability`, tutor, once);
  }

  #send(method, path, { token }, body, key) {
    return this.api.send(method, path, { token, body, key });
  }

  /** Some wishes are refused, as in life: they are counted. */
  async #try(what, work) {
    try {
      const result = await work();
      this.done[what] += 1;
      return result;
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      const why = `${what}: ${/→ \d+/.exec(error.message)}`;
      this.done.refusals[why] = (this.done.refusals[why] ?? 0) + 1;
      return null;
    }
  }
}
