// Things that a route's id may name, made over the public API as their owner makes them; the ids are called as the paths call them.
import { randomUUID } from 'node:crypto';
import { Slots, someOf } from './slots.mjs';

const API = '/api/v1/scheduling';
const DAY = 86_400_000;

/** Makers of each kind of thing for a person; what they answer are the fields that paths and bodies are filled with. */
export class Things {
  #days = 100;
  #slots;

  constructor({ api, database, cast }) {
    Object.assign(this, { api, database, cast });
    this.#slots = new Slots((path) => this.#asAdmin('GET', path), api.signal);
  }

  /** Something of this kind that belongs to this person, made anew; of lessons they may be the one who teaches. */
  make(kind, person, teaches = false) {
    return this[kind](person, teaches);
  }

  async block(person) {
    const day = this.#day();
    const body = { start_at: `${day}T10:00:00Z`, end_at: `${day}T11:00:00Z`, is_recurring: false };
    return this.#send(person, 'tutor', 'POST', '/availability', body);
  }

  async timeOff(person) {
    const day = this.#day();
    const body = { start_at: `${day}T10:00:00Z`, end_at: `${day}T11:00:00Z` };
    return this.#send(person, 'tutor', 'POST', '/availability/time-off', body);
  }

  async override(person) {
    const date = this.#day();
    await this.#send(person, 'tutor', 'PUT', `/availability/overrides/${date}`, { mode: 'instead', hours: [] });
    return { date };
  }

  /** An account of nobody who asks. */
  account() {
    return { user_id: randomUUID() };
  }

  /** What everybody may see of one who teaches. */
  profile() {
    return { tutor_id: this.cast.teacher.id };
  }

  /** A copy of what is kept of a person. */
  export({ tokens }) {
    return this.api.send('POST', '/api/v1/accounts/me/exports', { token: tokens.student, body: {} });
  }

  tutor(person) {
    return { tutor_id: person.id };
  }

  /** A free slot that this person teaches. */
  taughtSlot(person) {
    return this.#nextSlot(person);
  }

  /** A free slot of the tutor's whom everybody learns with. */
  freeSlot() {
    return this.#nextSlot(this.cast.teacher);
  }

  hold(person) {
    return this.#hold(person, this.cast.teacher);
  }

  async #hold(person, tutor) {
    const slot = await this.#nextSlot(tutor);
    await this.#send(person, 'student', 'POST', '/booking/hold', slot);
    return slot;
  }

  async booking(person, teaches) {
    const { student, tutor } = this.#pair(person, teaches);
    const slot = await this.#hold(student, tutor);
    const body = { ...slot, payment_method: 'credit' };
    const { booking_id } = await this.#send(student, 'student', 'POST', '/booking/confirm', body);
    return { booking_id };
  }

  /** There is no calendar here in which a lesson could be moved: booking's table gets what would come of it. */
  async proposal(person, teaches) {
    const { booking_id } = await this.booking(person, teaches);
    const { student, tutor } = this.#pair(person, teaches);
    const id = randomUUID();
    await this.database.query(
      `insert into booking.proposals (id, booking_id, booking_version, kind, proposed_by, status, made_at, expires_at)
       values ($1, $2, 1, 'cancel', $3, 'open', now(), now() + interval '1 day')`,
      [id, booking_id, teaches ? student.id : tutor.id],
    );
    return { booking_id, proposal_id: id };
  }

  async series(person, teaches) {
    const { student, tutor } = this.#pair(person, teaches);
    const slot = await this.#nextSlot(tutor);
    const body = { ...slot, rule: 'weekly', count: 1, on_conflict: 'refuse', payment_method: 'credit' };
    return this.#send(student, 'student', 'POST', '/bookings/series', body);
  }

  async place(person) {
    const from = Date.now() + this.#days * DAY;
    this.#days += 1;
    const window = { from: new Date(from).toISOString(), until: new Date(from + DAY).toISOString() };
    return this.#send(person, 'student', 'POST', '/waitlist', { tutor_id: this.cast.teacher.id, window });
  }

  async plan() {
    const body = { name: 'access', lessons_per_period: 1, period: 'week', price_cents: 100, currency: 'USD' };
    return this.#asAdmin('POST', '/plans', body);
  }

  async policy() {
    const { cancellation_policy_id: policy_id } = await this.#asAdmin('POST', '/booking/policies', policyWording());
    return { policy_id };
  }

  async subscription(person) {
    const { plan_id } = await this.plan();
    return this.#asAdmin('POST', '/subscriptions', { student_id: person.id, plan_id });
  }

  async task() {
    const id = randomUUID();
    await this.database.query(
      "insert into booking.operator_tasks (id, kind, subject, facts, created_at) values ($1, 'dispute', $2, '{}', now())",
      [id, id],
    );
    return { task_id: id };
  }

  /** What a browser brings back from the double of Google. */
  async consent(person) {
    const { url } = await this.#send(person, 'student', 'GET', '/calendar/auth-url');
    const form = new URLSearchParams({ email: person.email, decision: 'allow' });
    for (const scope of new URL(url).searchParams.get('scope').split(' ')) form.append('scope', scope);
    const agreed = await fetch(url, { method: 'POST', body: form, redirect: 'manual', signal: this.api.signal });
    const back = new URL(agreed.headers.get('location')).searchParams;
    return { code: back.get('code'), state: back.get('state') };
  }

  async calendar(person) {
    await this.#send(person, 'student', 'POST', '/calendar/connect', await this.consent(person));
    const all = () => this.#send(person, 'student', 'GET', '/calendar/calendars');
    const [first] = await someOf(all, this.api.signal);
    return { calendar_id: first.calendar_id };
  }

  /** Nobody may have many: those that are not needed any more go. */
  async import(person) {
    const { items } = await this.#send(person, 'student', 'GET', '/calendar/imports');
    for (const { import_id: id } of items) await this.#send(person, 'student', 'DELETE', `/calendar/imports/${id}`);
    const body = { url: 'https://calendars.example.org/mine.ics' };
    return this.#send(person, 'student', 'POST', '/calendar/imports', body);
  }

  async feed(person) {
    const { url } = await this.#send(person, 'student', 'POST', '/calendar/feed');
    return { file: new URL(url).pathname.split('/').at(-1) };
  }

  async device(person) {
    const body = { platform: 'android', token: `access-${randomUUID()}` };
    return this.#send(person, 'student', 'POST', '/notifications/devices', body);
  }

  /** What a person is told of their own booking. */
  async notification(person) {
    await this.booking(person);
    const all = () => this.#send(person, 'student', 'GET', '/notifications');
    const [first] = await someOf(all, this.api.signal);
    return first;
  }

  async message(person) {
    await this.notification(person);
    const all = () => this.#asAdmin('GET', '/notifications/ledger');
    const [first] = await someOf(all, this.api.signal);
    return first;
  }

  async endpoint() {
    const body = { url: 'https://platform.example.org/hooks', event_types: ['BookingConfirmed'] };
    return this.#asAdmin('POST', '/webhook-endpoints', body);
  }

  async delivery() {
    const { endpoint_id } = await this.endpoint();
    const { delivery_id } = await this.#asAdmin('POST', `/webhook-endpoints/${endpoint_id}/test`);
    return { endpoint_id, delivery_id };
  }

  /** The two of a lesson of this person's. */
  #pair(person, teaches) {
    return teaches ? { student: this.cast.learner, tutor: person } : { student: person, tutor: this.cast.teacher };
  }

  #send({ tokens }, role, method, path, body) {
    return this.api.send(method, API + path, {
      token: tokens[role],
      body: body ?? (method === 'GET' ? undefined : {}),
    });
  }

  #asAdmin(method, path, body) {
    return this.#send(this.cast.operator, 'admin', method, path, body);
  }

  /** A date that nothing of ours is on yet. */
  #day() {
    this.#days += 1;
    return new Date(Date.now() + this.#days * DAY).toISOString().slice(0, 10);
  }

  #nextSlot(tutor) {
    return this.#slots.next(tutor.id);
  }
}

/** A policy by another name each time. */
export const policyWording = () => ({
  name: `access ${randomUUID().slice(0, 8)}`,
  full_refund_until_minutes: 60,
  partial_refund_until_minutes: 30,
  partial_refund_percent: 50,
  reschedule_until_minutes: 60,
  maximum_reschedules: 3,
  student_no_show_refund_percent: 0,
});
