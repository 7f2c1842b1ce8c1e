import type { WaitlistOffered } from '@scheduling/contracts';
import type { Content, Reading } from '../../templates/content.ts';
import { minutesBetween } from '../../templates/format.ts';

/** Tells a student who waited that a seat is kept for them, and how long. */
export function waitlistOffered(event: WaitlistOffered, { other, saidAt, format }: Reading): Content {
  const start = format.time(event.start_at);
  return {
    values: { start, span: format.minutes(minutesBetween(saidAt.toISOString(), event.expires_at)) },
    facts: [
      ['when', start],
      ['length', format.length(event)],
      ['tutor', other],
      ['yours_until', format.time(event.expires_at)],
    ],
    reference: { of: 'waitlist', id: event.waitlist_id },
  };
}
