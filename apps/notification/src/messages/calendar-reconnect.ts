import type { CalendarSyncFailed } from '@scheduling/contracts';
import type { Recipient } from '../recipients/recipients.store.ts';
import type { Letter } from './layout.ts';
import { greetingFor, languageOf, timeFor } from './wording.ts';

/** Asks somebody to let us into their calendar again. */
export function calendarReconnect(event: CalendarSyncFailed, reader: Recipient): Letter {
  return {
    language: languageOf(reader),
    subject: 'Your calendar is no longer connected: please connect it again',
    greeting: greetingFor(reader),
    headline: 'Please connect your calendar again',
    lead:
      'Your calendar does not let us in any more. This happens when access is withdrawn, or a password is changed. ' +
      'Your lessons stay as they are, but new and moved ones no longer come into your calendar by themselves, and time that you ' +
      'have taken in it since is not seen. Connect it again in the calendar settings of your account; until then each mail about ' +
      'a lesson brings it as an attachment.',
    facts: [['Last read', timeFor(event.known_until, reader)]],
    footer: 'Times are in your own time zone.',
  };
}
