import type { SeriesBooked } from '@scheduling/contracts';
import type { Content, Reading } from '../../templates/content.ts';

/** Tells both people which dates of a series are booked, planned and skipped. */
export function seriesBooked(event: SeriesBooked, { reader, other, format, say }: Reading): Content {
  const isTutor = reader.id === event.tutor_id;
  const many = (status: string) => event.dates.filter((date) => date.status === status).length;
  const first = event.dates.find(({ status }) => status === 'booked') ?? event.dates[0];
  return {
    values: {
      to_tutor: isTutor,
      start: first ? format.time(first.start_at) : '',
      booked: many('booked'),
      planned: many('planned'),
      skipped: many('skipped'),
    },
    facts: [
      [isTutor ? 'student' : 'tutor', other],
      ['price', format.amount(event.price_cents, event.currency)],
    ],
    list: event.dates.map(({ start_at: start, status, code }) =>
      say('date', { start: format.time(start), status, code: code ?? '' }),
    ),
    reference: { of: 'series', id: event.series_id },
  };
}
