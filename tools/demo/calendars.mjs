import { at, comingMonday, nextDay } from './clock.mjs';
import { agree } from './consent.mjs';
import { call, eventually } from './gateway.mjs';
import { check, expect, show, step } from './tell.mjs';

const API = '/api/v1/scheduling';
const DOUBLE = '/sandbox/google';
const KYIV = 'Europe/Kyiv';

/** Two people connect their calendars: private time closes a slot, and a lesson stands in both, moves in both, and leaves both. */
export async function calendars({ tutor, student }) {
  step('Tutor and student connect their calendars');
  for (const who of [tutor, student]) await connect(who);
  const [first, second] = await twoSlots(tutor, student);
  const dentist = await appointment(tutor, student, first);
  const booking = await lesson(tutor, student, second);
  await moved(tutor, student, booking);
  await away(tutor, student, booking);
  step('The appointment is deleted');
  expect(
    await call('DELETE', `${DOUBLE}/events/${dentist.id}?email=${encodeURIComponent(tutor.email)}`),
    204,
    'it is gone from the calendar',
  );
  await listedOrNot(tutor, student, first, true, 'the slot is open again');
}

async function connect(who) {
  const { url } = expect(await call('GET', `${API}/calendar/auth-url`, { as: who }), 200, `${who.name} asks where`);
  await agree(url, who);
  const { answer, result } = await eventually(
    () => call('GET', `${API}/calendar/status`, { as: who }),
    ({ body }) => body.state === 'connected' && body.last_sync_at && body,
  );
  check(result, `${who.name} is connected as ${result?.connected_as}`, answer);
  const { items } = (await call('GET', `${API}/calendar/calendars`, { as: who })).body;
  check(
    items.some(({ primary, busy, write }) => primary && busy && write),
    'with the main calendar',
    items,
  );
}

/** Two slots of a day of their own, so that the rest of the story is left alone. */
async function twoSlots(tutor, student) {
  const day = nextDay(nextDay(nextDay(comingMonday())));
  const body = { start_at: at(day, '09:00:00', KYIV), end_at: at(day, '12:00:00', KYIV), is_recurring: false };
  expect(await call('POST', `${API}/availability`, { as: tutor, body }), 201, 'the tutor offers Thursday morning');
  const wanted = Date.parse(body.start_at);
  const { answer, result } = await eventually(
    () => list(tutor, student),
    ({ body: { items } }) => {
      const morning = items?.filter(({ start_at: start }) => Math.abs(Date.parse(start) - wanted) < 3 * 3_600_000);
      return morning?.length === 3 && morning;
    },
  );
  check(result, 'the slots are listed', answer);
  return result;
}

async function appointment(tutor, student, slot) {
  step("The tutor's calendar has a dentist in it");
  const body = { email: tutor.email, start_at: slot.start_at, end_at: slot.end_at, summary: 'Dentist' };
  const made = expect(await call('POST', `${DOUBLE}/events`, { body }), 201, 'somebody writes it down');
  await listedOrNot(tutor, student, slot, false, 'the slot is closed');
  return made;
}

async function lesson(tutor, student, slot) {
  step('The student books another slot');
  const { slot_id } = slot;
  expect(await call('POST', `${API}/booking/hold`, { as: student, body: { slot_id } }), 201, 'the hold is placed');
  const booking = expect(
    await call('POST', `${API}/booking/confirm`, { as: student, body: { slot_id, payment_method: 'credit' } }),
    201,
    'the lesson is booked',
  );
  await inCalendars([tutor, student], booking);
  const { answer, result } = await eventually(
    () => call('GET', `${API}/bookings/${booking.booking_id}`, { as: student }),
    ({ body }) => body.join_link !== booking.join_link && body.join_link,
  );
  check(result, 'and has a link of its own', answer);
  show(result);
  return booking;
}

async function moved(tutor, student, booking) {
  step('The student moves the lesson by an hour');
  const { body } = await list(tutor, student);
  const later = body.items.find(({ start_at: start }) => Date.parse(start) === Date.parse(booking.end_at));
  const wish = { new_slot_id: later.slot_id, reason: 'breakfast' };
  const answer = await call('POST', `${API}/bookings/${booking.booking_id}/reschedule`, { as: student, body: wish });
  await inCalendars([tutor, student], expect(answer, 200, 'the lesson is moved'));
}

async function away(tutor, student, { booking_id: id }) {
  step('The student cancels');
  const answer = await call('POST', `${API}/bookings/${id}/cancel`, { as: student, body: { reason: 'ill' } });
  check([200, 201].includes(answer.status), 'the lesson is canceled', answer);
  for (const who of [tutor, student]) {
    const { answer: left, result } = await eventually(
      () => lessonEvents(who, id),
      (events) => events.length === 0,
    );
    check(result, `it is gone from ${who.name}'s calendar`, left);
  }
}

/** Waits until a lesson stands once in each of these people's calendars, at its time. */
async function inCalendars(people, booking) {
  for (const who of people) {
    const { answer, result } = await eventually(
      () => lessonEvents(who, booking.booking_id),
      (events) => events.length === 1 && Date.parse(events[0].start_at) === Date.parse(booking.start_at) && events[0],
    );
    check(result, `it stands in ${who.name}'s calendar`, answer);
    show(`"${result.summary}" ${result.start_at}`);
  }
}

async function lessonEvents({ email }, id) {
  const { body } = await call('GET', `${DOUBLE}/calendars.json?email=${encodeURIComponent(email)}`);
  return body.items.flatMap(({ events }) => events).filter(({ booking_id: of }) => of === id);
}

async function listedOrNot(tutor, student, { slot_id: id }, isListed, promise) {
  const { answer, result } = await eventually(
    () => list(tutor, student),
    ({ body: { items } }) => items && items.some(({ slot_id }) => slot_id === id) === isListed,
  );
  check(result, promise, answer);
}

const list = (tutor, student) => call('GET', `${API}/availability/${tutor.id}/slots?limit=100`, { as: student });
