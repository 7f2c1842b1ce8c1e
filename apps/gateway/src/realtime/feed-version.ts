import { createHash } from 'node:crypto';
import type { State } from './feed.policy.ts';

/**
 * Names a state by its content: whoever has the same things has the same version, whichever replica told them. Things are put in the
 * order of their ids; their fields stay in the order in which the service writes them.
 */
export function versionOf(state: State): string {
  const hash = createHash('sha256');
  for (const id of [...state.keys()].toSorted()) hash.update(`${JSON.stringify([id, state.get(id)])}\n`);
  return hash.digest('base64url').slice(0, 22);
}
