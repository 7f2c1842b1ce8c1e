import { call, eventually } from './gateway.mjs';
import { Live } from './live.mjs';
import { mailAbout } from './mail.mjs';
import { person } from './people.mjs';
import { check, expect, show, step } from './tell.mjs';

const API = '/api/v1/scheduling';
const ME = '/api/v1/accounts/me';

/** A student books, takes a copy of all that is kept of them, and leaves: the lesson is off, and nothing of theirs is left. */
export async function leave({ tutor, rival, admin }, { slot_id, currency }) {
  step('A new student books while another one looks on; then takes a copy of their data, and leaves');
  const leo = await person('Leo', 'student', 'Europe/Berlin');
  const watching = new Live(rival, `tutor:${tutor.id}:slots`);
  await watching.until((slots) => slots.has(slot_id), 'the other one sees the slot');
  const grant = { user_id: leo.id, amount_cents: 5_000, currency, reason: 'welcome' };
  expect(await call('POST', `${API}/credits/grants`, { as: admin, body: grant }), 201, 'an admin grants 50 in credits');
  expect(await call('POST', `${API}/booking/hold`, { as: leo, body: { slot_id } }), 201, 'the hold is placed');
  await watching.until((slots) => !slots.has(slot_id), 'the other one sees it go, without asking');
  const own = new Live(leo, 'me');
  const order = { slot_id, payment_method: 'credit' };
  const booking = expect(await call('POST', `${API}/booking/confirm`, { as: leo, body: order }), 201, 'it is booked');
  await own.until(
    (items) => items.has(`booking:${booking.booking_id}`),
    'the student’s own list has it, without asking',
  );
  own.close();
  // By then every service knows them.
  await mailAbout(leo, 'booking_confirmed', booking.booking_id);

  await copy(leo, booking);
  expect(await call('DELETE', ME, { as: leo }), 202, 'the student leaves');
  const gone = await eventually(
    () => call('GET', `${API}/bookings`, { as: leo }),
    ({ status }) => status === 410,
  );
  check(gone.result, 'their token opens nothing any more', gone.answer);
  const mail = await mailAbout(tutor, 'booking_canceled', booking.booking_id);
  check(!JSON.stringify(mail).includes('Leo'), 'the tutor is told that the lesson is off, not by whom', mail.subject);
  await watching.until((slots) => slots.has(slot_id), 'and the other one sees the slot again');
  watching.close();
}

async function copy(leo, { booking_id: id }) {
  const asked = expect(await call('POST', `${ME}/exports`, { as: leo }), 202, 'a copy is asked for');
  const { answer, result } = await eventually(
    () => call('GET', `${ME}/exports/${asked.export_id}`, { as: leo }),
    ({ body: { status } }) => status === 'ready',
  );
  check(result, 'every service has answered', answer);
  const content = expect(await call('GET', `${ME}/exports/${asked.export_id}/content`, { as: leo }), 200, 'here it is');
  show(`${Object.keys(content).join(', ')}: ${JSON.stringify(content).length} bytes`);
  check(
    content.booking.bookings.some((booking) => booking.id === id),
    'with the lesson',
    content.booking,
  );
  check(content.notification.recipient.email === leo.email, 'and the address that mails go to', content.notification);
}
