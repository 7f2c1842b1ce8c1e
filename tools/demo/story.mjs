import { calendars } from './calendars.mjs';
import { payByCard } from './card.mjs';
import { at, comingMonday, nextDay } from './clock.mjs';
import { call, eventually } from './gateway.mjs';
import { leave } from './leaving.mjs';
import { mailAbout, mailWith } from './mail.mjs';
import { messages, pushed } from './messages.mjs';
import { person } from './people.mjs';
import { check, expect, show, step } from './tell.mjs';

const API = '/api/v1/scheduling';
const KYIV = 'Europe/Kyiv';
const NEW_YORK = 'America/New_York';

/** Plays a lesson from a tutor's rule to a booking, to another time, and back to an open slot; one that a card pays; one in calendars; and what people are told of it. */
export async function story() {
  step('Four people sign in');
  const cast = {
    tutor: await person('Olena', 'tutor', KYIV),
    student: await person('Sam', 'student', NEW_YORK),
    rival: await person('Mia', 'student', 'Asia/Tokyo'),
    admin: await person('Ada', 'admin', 'UTC'),
  };
  const first = await publishAndList(cast);
  await hold(cast, first);
  const booked = await confirm(cast, first);
  const telephone = await messages(cast, booked);
  const { slot, booking } = await move(cast, first, booked);
  await pushed(telephone);
  const timeOff = await takeTimeOff(cast, slot, booking);
  await cancel(cast, slot, booking);
  await reopen(cast, slot, timeOff);
  await payByCard(cast, first);
  await calendars(cast);
  await leave(cast, slot);
}

async function publishAndList({ tutor, student }) {
  step('The tutor offers Mondays and Wednesdays, 16:00, 17:00 and 18:00 in Kyiv');
  const monday = comingMonday();
  const body = {
    start_at: at(monday, '16:00:00', KYIV),
    end_at: at(monday, '19:00:00', KYIV),
    is_recurring: true,
    rrule_string: 'FREQ=WEEKLY;BYDAY=MO,WE;BYHOUR=16,17,18',
    timezone: KYIV,
  };
  const block = expect(await call('POST', `${API}/availability`, { as: tutor, body }), 201, 'the rule is accepted');
  show(`${block.slots.count} slots, from ${block.slots.first_start_at} to ${block.slots.last_start_at}`);
  check(block.slots.count >= 36, 'the rule gives slots for eight weeks', block);

  step('A student in New York looks for a slot');
  const { answer, result } = await eventually(
    () => listed(student, tutor),
    ({ body: { items } }) => items?.find(({ start_at: start }) => Date.parse(start) === Date.parse(body.start_at)),
  );
  check(result, 'the slots are listed', answer);
  show(`${result.start_at} is ${result.local_start_at} in ${NEW_YORK}, ${result.price_cents / 100} ${result.currency}`);
  check(/[+-]\d\d:\d\d$/.test(result.local_start_at), 'with their local time', result);
  check(Date.parse(result.local_start_at) === Date.parse(result.start_at), 'which is the same instant', result);
  return result;
}

async function hold({ student, rival }, { slot_id }) {
  step('The student holds it; another one comes too late');
  const held = expect(
    await call('POST', `${API}/booking/hold`, { as: student, body: { slot_id } }),
    201,
    'the hold is placed',
  );
  show(`until ${held.expires_at}`);
  const refused = expect(
    await call('POST', `${API}/booking/hold`, { as: rival, body: { slot_id } }),
    409,
    'the second is refused',
  );
  check(/^[a-z_]+$/.test(refused.code), `with a code: ${refused.code}`, refused);
}

async function confirm({ tutor, student, admin }, slot) {
  step('The student pays with credits');
  const grant = { user_id: student.id, amount_cents: 10_000, currency: slot.currency, reason: 'welcome' };
  expect(
    await call('POST', `${API}/credits/grants`, { as: admin, body: grant }),
    201,
    'an admin grants 100 in credits',
  );
  const order = { slot_id: slot.slot_id, payment_method: 'credit' };
  const booking = expect(
    await call('POST', `${API}/booking/confirm`, { as: student, body: order }),
    201,
    'the lesson is booked',
  );
  show(`booking ${booking.booking_id}, ${booking.status}, ${booking.join_link}`);
  check(booking.status === 'confirmed', 'it is confirmed', booking);
  await balance(student, 10_000 - slot.price_cents);
  for (const who of [student, tutor]) await mailWith(who, 'REQUEST', booking.booking_id);
  for (const who of [student, tutor]) {
    const mine = expect(
      await call('GET', `${API}/bookings?status=confirmed`, { as: who }),
      200,
      `${who.name} lists bookings`,
    );
    check(
      mine.items.some(({ booking_id: id }) => id === booking.booking_id),
      'and finds the lesson',
      mine,
    );
  }
  return booking;
}

async function move({ tutor, student }, first, { booking_id: id }) {
  step('The student moves the lesson to the next one of that day');
  const { body } = await listed(student, tutor);
  const slot = body.items?.find(({ start_at: start }) => Date.parse(start) === Date.parse(first.end_at));
  check(slot, 'another slot is listed', body);
  const wish = { new_slot_id: slot.slot_id, reason: 'the train is late' };
  const booking = expect(
    await call('POST', `${API}/bookings/${id}/reschedule`, { as: student, body: wish }),
    200,
    'the lesson is moved',
  );
  show(`booking ${booking.booking_id}, version ${booking.version}, from ${first.start_at} to ${booking.start_at}`);
  check(booking.booking_id === id && booking.status === 'confirmed', 'it is the same booking, confirmed', booking);
  const { answer, result } = await eventually(
    () => listed(student, tutor),
    ({ body: { items } }) => items?.some(({ slot_id }) => slot_id === first.slot_id),
  );
  check(result, 'the time that it had is open again', answer);
  for (const who of [student, tutor]) await mailAbout(who, 'booking_rescheduled', id);
  return { slot, booking };
}

async function takeTimeOff({ tutor, student }, slot, booking) {
  step('The tutor takes that day off');
  const day = slot.start_at.slice(0, 10);
  const body = { start_at: at(day, '00:00:00', KYIV), end_at: at(nextDay(day), '00:00:00', KYIV) };
  const off = expect(
    await call('POST', `${API}/availability/time-off`, { as: tutor, body }),
    201,
    'the time off is taken',
  );
  const conflict = off.conflicts.find(({ kind, id }) => kind === 'booking' && id === booking.booking_id);
  check(conflict, 'the booked lesson is reported as a conflict', off);
  const { answer, result } = await eventually(
    () => listed(student, tutor),
    ({ body }) => body.items && !onDay(body.items, day),
  );
  check(result, "that day's open slots are closed", answer);
  const mine = await call('GET', `${API}/bookings?status=confirmed`, { as: student });
  check(
    mine.body.items.some(({ booking_id: id }) => id === booking.booking_id),
    'the lesson stays',
    mine,
  );
  await mailAbout(tutor, 'lesson_conflicted', booking.booking_id);
  return off;
}

async function cancel({ tutor, student }, slot, { booking_id: id }) {
  step('The student cancels');
  const body = { reason: 'my tutor is away' };
  const answer = await call('POST', `${API}/bookings/${id}/cancel`, { as: student, body });
  check(answer.status === 200 || answer.status === 201, 'the lesson is canceled', answer);
  show(`${answer.body.status}`);
  await balance(student, 10_000);
  for (const who of [student, tutor]) await mailWith(who, 'CANCEL', id);
  const list = await listed(student, tutor);
  check(!list.body.items.some(({ slot_id }) => slot_id === slot.slot_id), 'the slot stays closed', list);
}

async function reopen({ tutor, student }, slot, { time_off_id: id }) {
  step('The tutor deletes the time off');
  const answer = await call('DELETE', `${API}/availability/time-off/${id}`, { as: tutor });
  check(answer.status === 204 || answer.status === 200, 'the time off is gone', answer);
  const { answer: list, result } = await eventually(
    () => listed(student, tutor),
    ({ body }) => body.items?.find(({ slot_id }) => slot_id === slot.slot_id),
  );
  check(result, 'the slot is open again', list);
}

async function balance(student, cents) {
  const { answer, result } = await eventually(
    () => call('GET', `${API}/credits`, { as: student }),
    ({ body }) => body.balance_cents === cents,
  );
  check(result, `the balance is ${cents / 100}`, answer);
}

const listed = (student, tutor) =>
  call('GET', `${API}/availability/${tutor.id}/slots?timezone=${NEW_YORK}&limit=100`, { as: student });

const onDay = (items, day) => items.some(({ start_at: start }) => start.startsWith(day));
