import type { PersonId } from '@scheduling/domain';
import { isZone, knownZone, utcToWall, wallToUtc } from '@scheduling/time';

/** A tutor, and the timezone that their token claims. */
export interface Tutor {
  readonly id: PersonId;
  readonly tokenZone: string | null;
}

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

/**
 * The wall time at which a rule begins that begins at an instant: it is kept, so that the hour stays when a zone's rules change.
 * Null in the second turn of a repeated hour, which only the instant tells from the first.
 */
export function startWallOf(at: Date, zone: string): Date | null {
  const wall = utcToWall(at, zone);
  return wallToUtc(wall, zone).getTime() === at.getTime() ? wall : null;
}
