import { call, eventually } from './gateway.mjs';
import { mailAbout, mailWith } from './mail.mjs';
import { check, expect, show, step } from './tell.mjs';

const API = '/api/v1/scheduling';
const DOUBLE = '/sandbox/stripe';

/** Another student pays a slot with a card, at the double of Stripe, and gets the money back. */
export async function payByCard({ tutor, rival }, { slot_id }) {
  step('Another student holds a slot, and pays with a card');
  expect(await call('POST', `${API}/booking/hold`, { as: rival, body: { slot_id } }), 201, 'the hold is placed');
  const intent = expect(
    await call('POST', `${API}/payments/intents`, { as: rival, body: { slot_id } }),
    201,
    'Stripe is to be paid',
  );
  show(`${intent.payment_intent_id}, ${intent.amount_cents / 100} ${intent.currency}`);
  const order = { slot_id, payment_method: 'stripe', payment_intent_id: intent.payment_intent_id };
  const confirm = () => call('POST', `${API}/booking/confirm`, { as: rival, body: order });
  const early = await confirm();
  check(early.status === 409, `without a card behind it nothing is booked: ${early.body.code}`, early);

  const pay = (card) => call('POST', `${DOUBLE}/intents/${intent.payment_intent_id}/pay`, { body: { card } });
  expect(await pay('ok'), 200, 'the card authorizes the payment');
  const { answer, result: booking } = await eventually(
    confirm,
    ({ status, body }) => [200, 201].includes(status) && body,
  );
  check(booking?.status === 'confirmed', 'the lesson is booked, and the card is charged', answer);
  check((await atStripe(intent))?.status === 'succeeded', 'Stripe says so, too', intent);
  for (const who of [rival, tutor]) await mailWith(who, 'REQUEST', booking.booking_id);
  await refund(rival, booking);
}

async function refund(rival, { booking_id: id }) {
  step('The student cancels, and the money goes back to the card');
  const canceled = await call('POST', `${API}/bookings/${id}/cancel`, { as: rival, body: { reason: 'too early' } });
  check([200, 201].includes(canceled.status), 'the lesson is canceled', canceled);
  show(`${canceled.body.status}, ${canceled.body.refunded_cents / 100} ${canceled.body.currency}`);
  const { answer, result } = await eventually(
    () => call('GET', `${API}/bookings/${id}`, { as: rival }),
    ({ body }) => body.status === 'refunded',
  );
  check(result, 'the money has arrived', answer);
  await mailAbout(rival, 'booking_refunded', id);
}

async function atStripe({ payment_intent_id }) {
  const { body } = await call('GET', `${DOUBLE}/intents.json`);
  return body.items.find(({ id }) => id === payment_intent_id);
}
