import type { SlotHeld } from '@scheduling/contracts';
import type { Content, Reading } from '../../templates/content.ts';

/** Tells a student that a slot is theirs for a few minutes more. */
export function holdExpiring(event: SlotHeld, { other, format }: Reading): Content {
  const start = format.time(event.start_at);
  return {
    values: { start, until: format.time(event.expires_at) },
    facts: [
      ['when', start],
      ['length', format.length(event)],
      ['tutor', other],
      ['yours_until', format.time(event.expires_at)],
    ],
  };
}
