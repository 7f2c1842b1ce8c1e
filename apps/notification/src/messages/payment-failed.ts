import type { PaymentFailed } from '@scheduling/contracts';
import type { Recipient } from '../recipients/recipients.store.ts';
import type { Letter } from './layout.ts';
import { amountFor, footerOf, greetingFor, languageOf, lengthOf, lessonWith, nameOf, timeFor } from './wording.ts';

/** Why, in words; the code is open, and one that is not here is told by nothing. */
const REASONS: ReadonlyMap<string, string> = new Map([
  ['card_declined', 'The card was declined'],
  ['insufficient_funds', 'There is too little money on the card'],
  ['expired_card', 'The card has expired'],
  ['authentication_required', 'The bank wants you to confirm the payment yourself'],
  ['not_enough_credit', 'There are too few credits in your account'],
  ['currency_mismatch', 'Your credits are in another currency'],
  ['no_subscription', 'You have no subscription'],
  ['allowance_used_up', 'The lessons of your subscription are used up'],
]);

/** Tells a student that a lesson which is kept for them could not be paid for yet; `other` is the tutor's name, empty while nobody knows it. */
export function paymentFailed(event: PaymentFailed, reader: Recipient, other: string): Letter {
  const [start, name] = [timeFor(event.start_at, reader), nameOf(other)];
  const reason = REASONS.get(event.code);
  return {
    language: languageOf(reader),
    subject: `Payment failed: ${lessonWith(name)}, ${start}`,
    greeting: greetingFor(reader),
    headline: 'A lesson could not be paid for',
    lead: `The payment for your ${lessonWith(name)} has failed. The time stays yours for now, and we try again; if it goes on failing, the lesson is canceled.`,
    facts: [
      ...(reason ? ([['Why', reason]] as const) : []),
      ['When', start],
      ['Length', lengthOf(event)],
      ...(name ? ([['Tutor', name]] as const) : []),
      ['Price', amountFor(event.price_cents, event.currency, reader)],
    ],
    footer: footerOf(event.booking_id),
  };
}
