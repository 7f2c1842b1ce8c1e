import type { Teaching } from '../openings/teaching.ts';

/** What calendars are good for: as `known`, they count; `ignored`, they do not; `unknown`, no time is sure to be free. */
export type Trust = 'known' | 'ignored' | 'unknown';

/** What a tutor's calendars are good for, by the tutor's own choice where they cannot be read. */
export function trustIn({ calendars, settings }: Pick<Teaching, 'calendars' | 'settings'>): Trust {
  if (calendars === 'read') return 'known';
  if (settings.onUnreachable === 'open') return 'ignored';
  return settings.onUnreachable === 'last_known' && calendars === 'remembered' ? 'known' : 'unknown';
}
