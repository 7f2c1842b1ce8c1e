import { refuseIntent, type StatedIntent } from './intent-check.policy.ts';
import { IntentMismatch, PaymentNotAuthorized } from './payments.errors.ts';
import type { Payment } from './payments.store.ts';

const payment = {
  id: 'b1',
  slotId: 's1',
  studentId: 'p1',
  intentId: 'pi_1',
  amountCents: 2500,
  currency: 'USD',
} as unknown as Payment;
const intent: StatedIntent = {
  id: 'pi_1',
  status: 'requires_capture',
  amount: 2500,
  amount_capturable: 2500,
  currency: 'usd',
  livemode: false,
  metadata: { booking_id: 'b1', slot_id: 's1', student_id: 'p1' },
};
const refusal = (change: Partial<StatedIntent>): unknown => {
  try {
    return refuseIntent({ ...intent, ...change }, payment, false);
  } catch (error) {
    return error;
  }
};

describe('an intent', () => {
  it('that a card authorized for exactly this hold pays for it', () => {
    expect(refusal({})).toBeUndefined();
  });

  it.each<[string, Partial<StatedIntent>]>([
    ['payment_intent_id', { id: 'pi_2' }],
    ['booking_id', { metadata: { ...intent.metadata, booking_id: 'b2' } }],
    ['slot_id', { metadata: { ...intent.metadata, slot_id: 's2' } }],
    ['student_id', { metadata: { booking_id: 'b1', slot_id: 's1' } }],
    ['amount', { amount: 1 }],
    ['amount', { amount: 1, metadata: { ...intent.metadata, amount: '2500' } }],
    ['currency', { currency: 'jpy' }],
    ['livemode', { livemode: true }],
    ['amount_capturable', { amount_capturable: 2499 }],
  ])('whose %s differs does not', (differs, change) => {
    expect(refusal(change)).toEqual(new IntentMismatch(differs));
  });

  it.each(['requires_payment_method', 'requires_action', 'processing', 'succeeded', 'canceled'] as const)(
    'that is %s does not',
    (status) => {
      expect(refusal({ status })).toEqual(new PaymentNotAuthorized(status));
    },
  );
});
