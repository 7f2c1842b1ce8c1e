import { codeOf, type Deed, type Goal, meaningOf, type Step, stepFor } from './payment-steps.policy.ts';

const STATUSES = [
  'requires_payment_method',
  'requires_confirmation',
  'requires_action',
  'processing',
  'requires_capture',
  'succeeded',
  'canceled',
] as const;

describe('an intent', () => {
  it.each<[Goal, Step[]]>([
    ['capture', ['cancel', 'cancel', 'cancel', 'wait', 'capture', 'captured', 'failed']],
    ['charge', ['charge', 'charge', 'declined', 'wait', 'capture', 'captured', 'failed']],
    ['release', ['cancel', 'cancel', 'cancel', 'wait', 'cancel', 'captured', 'released']],
  ])('to %s calls for the right step in each state', (goal, steps) => {
    expect(STATUSES.map((status) => stepFor(goal, status, null))).toEqual(steps);
  });

  it.each<[Goal, (typeof STATUSES)[number], Deed, Step]>([
    ['capture', 'requires_capture', 'capture', 'cancel'],
    ['capture', 'succeeded', 'capture', 'captured'],
    ['capture', 'requires_payment_method', 'capture', 'cancel'],
    ['charge', 'requires_payment_method', 'charge', 'declined'],
    ['charge', 'succeeded', 'charge', 'captured'],
    ['release', 'requires_capture', 'cancel', 'wait'],
    ['release', 'succeeded', 'cancel', 'captured'],
  ])('to %s that is %s after a refused %s calls for: %s', (goal, status, refused, step) => {
    expect(stepFor(goal, status, refused)).toBe(step);
  });

  it('in a state that nobody knows yet settles nothing', () => {
    expect(stepFor('capture', 'requires_luck', null)).toBe('wait');
  });
});

describe('what was not paid', () => {
  it.each([
    [{ code: 'card_declined' }, 'abandoned', 'card_declined'],
    [null, 'automatic', 'automatic'],
    [null, null, 'payment_failed'],
  ] as const)('says why by %j and %s: %s', (error, cancellation_reason, code) => {
    expect(codeOf({ last_payment_error: error as never, cancellation_reason })).toBe(code);
  });
});

describe('a refund', () => {
  it.each([
    ['pending', 'wait'],
    ['requires_action', 'wait'],
    [null, 'wait'],
    ['succeeded', 'returned'],
    ['failed', 'failed'],
    ['canceled', 'failed'],
  ])('that is %s means: %s', (status, meaning) => {
    expect(meaningOf({ status })).toBe(meaning);
  });
});
