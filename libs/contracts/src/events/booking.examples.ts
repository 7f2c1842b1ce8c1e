/** Ids that the examples of booking's events share. */
export const ids = {
  tutor_id: 'b1f7a3c2-52a5-4c8b-9b0e-0f6d6f4f8a01',
  student_id: '0a1d2f6e-7d43-4d0c-8f0a-5b0f1b8f2c02',
  slot_id: '5d7cf1de-3f1a-4f6b-8f5e-6a2a7f1a9c03',
};
/** When the lesson of the examples takes place. */
export const lesson = { start_at: '2026-12-07T14:00:00.000Z', end_at: '2026-12-07T15:00:00.000Z' };
/** The booking of the examples. */
export const booked = {
  ...ids,
  ...lesson,
  booking_id: '9c1b7f0a-2f64-4d9c-9d3b-1f7f5a3e4b04',
  version: 1,
  status: 'confirmed',
  price_cents: 2500,
  currency: 'USD',
  payment_method: 'credit',
  join_link: 'https://meet.example.org/9c1b7f0a',
  tutor_timezone: 'Europe/Kyiv',
};
