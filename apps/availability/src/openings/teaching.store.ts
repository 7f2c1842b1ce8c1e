import type { PersonId } from '@scheduling/domain';
import type { Tx } from '@scheduling/persistence';
import { blocksOf } from '../blocks/blocks.store.ts';
import { busyOf } from '../busy/busy.store.ts';
import { unreachableOf } from '../busy/connections.store.ts';
import { overridesOf } from '../overrides/overrides.store.ts';
import { DEFAULTS, settingsOf } from '../settings/settings.store.ts';
import { timeOffOf } from '../time-off/time-off.store.ts';
import type { Teaching } from './teaching.ts';

/** All that decides when tutors would teach, in six statements however many they are; in the order in which they were asked for. */
export async function teachingOf(tx: Tx, tutorIds: readonly PersonId[]): Promise<Map<PersonId, Teaching>> {
  const settings = await settingsOf(tx, tutorIds);
  const blocks = Map.groupBy(await blocksOf(tx, tutorIds), ownerOf);
  const overrides = Map.groupBy(await overridesOf(tx, tutorIds), ownerOf);
  const timeOff = Map.groupBy(await timeOffOf(tx, tutorIds), ownerOf);
  const busy = Map.groupBy(await busyOf(tx, tutorIds), ownerOf);
  const unreachable = await unreachableOf(tx, tutorIds);
  const one = (tutorId: PersonId): Teaching => ({
    tutorId,
    settings: settings.get(tutorId) ?? DEFAULTS,
    blocks: blocks.get(tutorId) ?? [],
    overrides: overrides.get(tutorId) ?? [],
    timeOff: timeOff.get(tutorId) ?? [],
    busy: busy.get(tutorId) ?? [],
    calendars: unreachable.get(tutorId) ?? 'read',
  });
  return new Map(tutorIds.map((tutorId) => [tutorId, one(tutorId)]));
}

const ownerOf = ({ tutorId }: { readonly tutorId: PersonId }): PersonId => tutorId;
