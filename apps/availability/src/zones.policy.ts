import { isZone, knownZone } from '@scheduling/time';

/** Where the timezone of a rule came from. */
export type ZoneSource = 'request' | 'settings' | 'token' | 'default';

/** A timezone, and who said so. */
export interface Zone {
  readonly name: string;
  readonly source: ZoneSource;
}

/** The zone of the request, else of the tutor's settings, else of the token, else UTC; only the request's can be refused. */
export function zoneOf(request: string | undefined, settings: string | null, token: string | null): Zone {
  if (request !== undefined) return { name: knownZone(request), source: 'request' };
  if (settings !== null) return { name: settings, source: 'settings' };
  if (token !== null && isZone(token)) return { name: token, source: 'token' };
  return { name: 'UTC', source: 'default' };
}
