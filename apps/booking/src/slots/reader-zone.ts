import type { Caller } from '@scheduling/service-kit';
import { isZone } from '@scheduling/time';

/** The zone that local times are told in: what was asked for, else the token's, else UTC. A token's zone that is none is as good as no claim. */
export function readerZone(asked: string | undefined, { timezone }: Caller): string {
  if (asked !== undefined) return asked;
  return timezone !== null && isZone(timezone) ? timezone : 'UTC';
}
