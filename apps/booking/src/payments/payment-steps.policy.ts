import type Stripe from 'stripe';

/** What is wanted of an intent once its student has made up their mind; until then it is only awaited. */
export type Goal = 'capture' | 'charge' | 'release';
/** How a payment ends; nothing follows on it, save that a declined card may be charged once more. */
export type Outcome = 'captured' | 'released' | 'failed' | 'declined';
/** What Stripe is asked to do. */
export type Deed = 'capture' | 'charge' | 'cancel';
export type Step = Deed | 'wait' | Outcome;

type Status = Stripe.PaymentIntent.Status;

/** What an intent's state means for us: the next thing to be done, or how it has ended. */
const STEPS: Readonly<Record<Goal, Readonly<Record<Status, Step>>>> = {
  // The card had authorized it: where that is gone, another card must not pay for it behind our back.
  capture: {
    requires_payment_method: 'cancel',
    requires_confirmation: 'cancel',
    requires_action: 'cancel',
    processing: 'wait',
    requires_capture: 'capture',
    succeeded: 'captured',
    canceled: 'failed',
  },
  // A saved card pays while its owner is away: whatever needs them is a no.
  charge: {
    requires_payment_method: 'charge',
    requires_confirmation: 'charge',
    requires_action: 'declined',
    processing: 'wait',
    requires_capture: 'capture',
    succeeded: 'captured',
    canceled: 'failed',
  },
  // Captured although it is to be let go: the money goes back.
  release: {
    requires_payment_method: 'cancel',
    requires_confirmation: 'cancel',
    requires_action: 'cancel',
    processing: 'wait',
    requires_capture: 'cancel',
    succeeded: 'captured',
    canceled: 'released',
  },
};

/** What follows where Stripe has refused what the table asks for, and the intent is as it was. */
const REFUSED: Readonly<Record<Deed, Step>> = { capture: 'cancel', charge: 'declined', cancel: 'wait' };

/** The next step with an intent, after what Stripe refused last. */
export function stepFor(goal: Goal, status: Status, refused: Deed | null): Step {
  // A state that Stripe has not told us of yet settles nothing.
  const step = STEPS[goal][status] ?? 'wait';
  return refused !== null && step === refused ? REFUSED[refused] : step;
}

const OUTCOMES: readonly Step[] = ['captured', 'released', 'failed', 'declined'] satisfies Outcome[];

/** Whether a step is the end. */
export const isOutcome = (step: Step): step is Outcome => OUTCOMES.includes(step);

/** What the state of a refund means for us. */
export function meaningOf({ status }: Pick<Stripe.Refund, 'status'>): 'wait' | 'returned' | 'failed' {
  if (status === 'succeeded') return 'returned';
  return status === 'failed' || status === 'canceled' ? 'failed' : 'wait';
}

/** Why Stripe says that nothing was paid: a word such as `card_declined`. */
export function codeOf(intent: Pick<Stripe.PaymentIntent, 'last_payment_error' | 'cancellation_reason'>): string {
  const { last_payment_error: error, cancellation_reason: reason } = intent;
  return (error?.code ?? reason ?? 'payment_failed').slice(0, 60);
}
