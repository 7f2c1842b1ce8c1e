import { type Door, openDoor } from './lifecycle.http.ts';
import { type Lifecycle, lifecycle } from './lifecycle.scenario.ts';

const START = '2030-03-08T12:00:00.000Z';
const DAY = 24 * 60;

describe('the preview of a cancellation', () => {
  let s: Lifecycle;
  let door: Door;
  beforeAll(async () => {
    s = await lifecycle();
    door = await openDoor(s);
  });
  afterAll(async () => {
    await door.close();
    await s.end();
  });

  const begin = async () => {
    const terms = await s.policy({
      full_refund_until_minutes: 2 * DAY,
      partial_refund_until_minutes: DAY,
      partial_refund_percent: 50,
    });
    const { tutor, slots } = await s.teach({ starts: [START, '2030-03-09T12:00:00.000Z'], terms });
    return { tutor, slots, booking: await s.book(slots[0]!) };
  };
  const preview = (id: string, who: Parameters<Door['call']>[2]['id']) =>
    door.call('GET', `/bookings/${id}/cancel-preview`, { id: who });

  it.each([
    [0, 2500],
    [5 * DAY + 180, 2500],
    [5 * DAY + 181, 1250],
    [6 * DAY + 180, 1250],
    [6 * DAY + 181, 0],
  ])('after %d minutes promises a student %d, which is what they get', async (minutes, refund) => {
    const { booking } = await begin();
    s.clock.advance(minutes);
    expect(await preview(booking.id, booking.studentId)).toEqual({
      status: 200,
      body: {
        refund_cents: refund,
        price_cents: 2500,
        currency: 'USD',
        full_refund_until: '2030-03-06T12:00:00.000Z',
        partial_refund_until: '2030-03-07T12:00:00.000Z',
        reopens: true,
      },
    });
    expect((await s.cancel(booking.studentId, booking.id)).refundedCents).toBe(refund);
    s.clock.advance(-minutes);
  });

  it('promises all of it where the tutor cancels, or moved the lesson', async () => {
    const { tutor, slots, booking } = await begin();
    s.clock.advance(6 * DAY + 600);
    expect((await preview(booking.id, tutor)).body).toMatchObject({ refund_cents: 2500, reopens: false });
    expect((await preview(booking.id, booking.studentId)).body.refund_cents).toBe(0);
    await s.move(tutor, booking.id, slots[1]!);
    expect((await preview(booking.id, booking.studentId)).body).toMatchObject({
      refund_cents: 2500,
      full_refund_until: '2030-03-09T12:00:00.000Z',
      partial_refund_until: null,
    });
    s.clock.advance(-(6 * DAY + 600));
  });

  it('changes nothing, and says no where the cancellation would be refused', async () => {
    const { booking } = await begin();
    await preview(booking.id, booking.studentId);
    expect(await s.row(booking.id)).toMatchObject({ version: 1, status: 'confirmed' });
    expect(await preview(booking.id, s.person())).toMatchObject({ status: 404, body: { code: 'booking_not_found' } });
    s.clock.advance(8 * DAY);
    expect(await preview(booking.id, booking.studentId)).toMatchObject({
      status: 409,
      body: { code: 'lesson_started' },
    });
    s.clock.advance(-8 * DAY);
    await s.cancel(booking.studentId, booking.id);
    const canceled = await preview(booking.id, booking.studentId);
    expect(canceled).toMatchObject({ status: 409, body: { code: 'booking_not_active', booking_status: 'refunded' } });
  });
});
