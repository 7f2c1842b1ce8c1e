import type { BookingRefunded } from '@scheduling/contracts';
import type { Recipient } from '../recipients/recipients.store.ts';
import type { Letter } from './layout.ts';
import { returnOf } from './refund.ts';
import { amountFor, footerOf, greetingFor, languageOf, lessonWith, nameOf, timeFor } from './wording.ts';

/** Tells a student that money has come back; `other` is the tutor's name, empty while nobody knows it. */
export function bookingRefunded(event: BookingRefunded, reader: Recipient, other: string): Letter {
  const [start, name] = [timeFor(event.start_at, reader), nameOf(other)];
  const amount = amountFor(event.refunded_cents, event.currency, reader);
  const bank = event.payment_method === 'stripe' ? ' Your bank may take some days to show it.' : '';
  return {
    language: languageOf(reader),
    subject: `Refunded: ${amount} for your ${lessonWith(name)}, ${start}`,
    greeting: greetingFor(reader),
    headline: 'Your refund is there',
    lead: `What goes back to you for your ${lessonWith(name)} has been returned.${bank}`,
    facts: [['Refund', returnOf(event, reader)], ['Lesson', start], ...(name ? ([['Tutor', name]] as const) : [])],
    footer: footerOf(event.booking_id),
  };
}
