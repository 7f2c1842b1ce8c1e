import type { SeriesDatesSkipped } from '@scheduling/contracts';
import type { Content, Reading } from '../../templates/content.ts';

/** Tells a student which dates of a series nothing came of. */
export function seriesDatesSkipped(event: SeriesDatesSkipped, { other, format, say }: Reading): Content {
  const [first] = event.dates;
  return {
    values: { start: first ? format.time(first.start_at) : '', many: event.dates.length },
    facts: [['tutor', other]],
    list: event.dates.map(({ start_at: start, code }) => say('date', { start: format.time(start), code })),
    reference: { of: 'series', id: event.series_id },
  };
}
