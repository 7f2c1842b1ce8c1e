import { SeriesBooked, SeriesDatesSkipped } from '@scheduling/contracts';
import type { SkippedDate } from './planned.store.ts';
import type { DatedLesson, WholeSeries } from './series.store.ts';

/** What is stated of a series that has just been made. */
export const seriesBooked = (series: WholeSeries): SeriesBooked =>
  SeriesBooked.of({
    series_id: series.id,
    tutor_id: series.tutorId,
    student_id: series.studentId,
    timezone: series.timezone,
    price_cents: series.priceCents,
    currency: series.currency,
    payment_method: series.paymentMethod,
    dates: series.dates.map(dateFacts),
  });

const dateFacts = ({
  number,
  startAt,
  status,
  code,
  bookingId,
  booking,
}: DatedLesson): SeriesBooked['dates'][number] => ({
  number,
  start_at: (booking?.startAt ?? startAt).toISOString(),
  status,
  code,
  booking_id: bookingId,
});

/** What is stated of a planned date that comes to nothing, and why. */
export const dateSkipped = (
  { seriesId, tutorId, studentId, number, startAt }: SkippedDate,
  code: string,
): SeriesDatesSkipped =>
  SeriesDatesSkipped.of({
    series_id: seriesId,
    tutor_id: tutorId,
    student_id: studentId,
    dates: [{ number, start_at: startAt.toISOString(), code }],
  });
