import type { CalendarSyncFailed } from '@scheduling/contracts';
import type { Content, Reading } from '../../templates/content.ts';

/** Asks somebody to let us into their calendar again. */
export const calendarReconnect = (event: CalendarSyncFailed, { format }: Reading): Content => ({
  values: {},
  facts: [['last_read', format.time(event.known_until)]],
});
