import { type Asker, type Door, openDoor } from './lifecycle.http.ts';
import { type Lifecycle, lifecycle } from './lifecycle.scenario.ts';

const at = (day: number) => `2030-03-0${day}T12:00:00.000Z`;
const ANYTHING = '00000000-0000-4000-8000-000000000000';
const TERMS = {
  name: 'by hand',
  full_refund_until_minutes: 1440,
  partial_refund_until_minutes: 720,
  partial_refund_percent: 40,
  reschedule_until_minutes: 240,
  maximum_reschedules: 2,
  student_no_show_refund_percent: 10,
};

type Asked = [method: string, path: string, body: object];
const move = (body: object): Asked => ['POST', `/bookings/${ANYTHING}/reschedule`, body];
const miss = (body: object): Asked => ['POST', `/bookings/${ANYTHING}/no-show`, body];
const need = (minimum_attendance: number): Asked => [
  'PUT',
  `/booking/slots/${ANYTHING}/minimum`,
  { minimum_attendance, decide_minutes_before: 1 },
];

describe('what becomes of a lesson, over HTTP', () => {
  let s: Lifecycle;
  let door: Door;
  let admin: Asker;
  beforeAll(async () => {
    s = await lifecycle();
    door = await openDoor(s);
    admin = { id: s.person(), roles: ['admin'] };
  });
  afterAll(async () => {
    await door.close();
    await s.end();
  });

  it('goes from a policy to a move to a no-show', async () => {
    const made = await door.call('POST', '/booking/policies', admin, TERMS);
    const { cancellation_policy_id: id } = made.body;
    expect(made).toEqual({
      status: 201,
      body: { ...TERMS, cancellation_policy_id: id, version: 1, is_default: false },
    });
    const better = { ...TERMS, maximum_reschedules: 1 };
    const changed = await door.call('PUT', `/booking/policies/${id}`, admin, better);
    expect(changed).toEqual({ status: 200, body: { ...made.body, ...better, version: 2 } });
    expect(await door.call('PUT', `/booking/policies/${id}`, admin, better)).toEqual(changed);

    const { tutor, slots } = await s.teach({ starts: [at(8), at(9)], terms: { cancellation_policy_id: id } });
    const booking = await s.book(slots[0]!);
    const moved = await door.call(
      'POST',
      `/bookings/${booking.id}/reschedule`,
      { id: booking.studentId },
      {
        new_slot_id: slots[1],
        reason: 'a trip',
      },
    );
    expect(moved).toMatchObject({
      status: 200,
      body: { booking_id: booking.id, slot_id: slots[1], version: 2, reschedules: 1, start_at: at(9) },
    });
    const again = await door.call(
      'POST',
      `/bookings/${booking.id}/reschedule`,
      { id: booking.studentId },
      {
        new_slot_id: slots[0],
      },
    );
    expect(again).toMatchObject({ status: 409, body: { code: 'moved_too_often', limit: 1 } });

    s.clock.advance(8 * 24 * 60 + 180);
    const path = `/bookings/${booking.id}/no-show`;
    const missed = await door.call('POST', path, { id: tutor }, { absent: 'student' });
    expect(missed).toMatchObject({
      status: 200,
      body: { no_show_by: 'student', refunded_cents: 250, status: 'confirmed' },
    });
    const other = await door.call('POST', path, { id: booking.studentId }, { absent: 'tutor' });
    expect(other).toMatchObject({ status: 409, body: { code: 'no_show_told', no_show_by: 'student' } });
    s.clock.advance(-(8 * 24 * 60 + 180));
  });

  it('lets a tutor ask for company, and cancel all of it', async () => {
    const { tutor, slots } = await s.teach({ starts: [at(8)], capacity: 3 });
    const booking = await s.book(slots[0]!);
    const path = `/booking/slots/${slots[0]}`;
    const ask = { minimum_attendance: 2, decide_minutes_before: 60 };
    expect(await door.call('PUT', `${path}/minimum`, { id: tutor }, ask)).toEqual({
      status: 200,
      body: { slot_id: slots[0], minimum_attendance: 2, decide_at: '2030-03-08T11:00:00.000Z' },
    });
    const canceled = await door.call('POST', `${path}/cancel`, { id: tutor }, { reason: 'ill' });
    expect(canceled).toMatchObject({
      status: 200,
      body: { slot_id: slots[0], items: [{ booking_id: booking.id, status: 'refunded', refunded_cents: 2500 }] },
    });
    expect((await door.call('POST', `${path}/cancel`, { id: tutor }, {})).body.items).toEqual([]);
  });

  it.each<[string, Asked, number, string]>([
    ['a slot that is none', move({ new_slot_id: 'x' }), 400, 'malformed_request'],
    ['no slot', move({}), 400, 'malformed_request'],
    ['a booking that there is not', move({ new_slot_id: ANYTHING }), 404, 'booking_not_found'],
    ['the absence of somebody else', miss({ absent: 'admin' }), 400, 'malformed_request'],
    ['the absence of nobody', miss({}), 400, 'malformed_request'],
    ['the absence from no lesson', miss({ absent: 'tutor' }), 404, 'booking_not_found'],
    ['a slot that there is not', ['POST', `/booking/slots/${ANYTHING}/cancel`, {}], 404, 'slot_not_found'],
    ['a minimum of nobody', need(0), 400, 'malformed_request'],
    ['a minimum of no slot', need(1), 404, 'slot_not_found'],
    ['a policy of anyone’s', ['POST', '/booking/policies', TERMS], 403, 'role_missing'],
    ['a change of anyone’s', ['PUT', `/booking/policies/${ANYTHING}`, TERMS], 403, 'role_missing'],
  ])('refuses %s', async (_, [method, path, body], status, code) => {
    expect(await door.call(method, path, { id: s.person() }, body)).toMatchObject({ status, body: { code } });
  });

  it.each<[string, object, number, string]>([
    ['over a hundred percent', { partial_refund_percent: 101 }, 400, 'malformed_request'],
    ['a part of a minute', { full_refund_until_minutes: 0.5 }, 400, 'malformed_request'],
    ['a part before the whole', { partial_refund_until_minutes: 1441 }, 422, 'part_before_whole'],
    ['a name that is taken', { name: 'strict' }, 409, 'policy_name_taken'],
    ['a field that there is not', { is_default: true }, 400, 'malformed_request'],
  ])('refuses a policy with %s', async (_, wrong, status, code) => {
    expect(await door.call('POST', '/booking/policies', admin, { ...TERMS, ...wrong })).toMatchObject({
      status,
      body: { code },
    });
  });

  it('refuses to change a policy that there is not', async () => {
    const answer = await door.call('PUT', `/booking/policies/${ANYTHING}`, admin, { ...TERMS, name: 'new' });
    expect(answer).toMatchObject({ status: 404, body: { code: 'policy_not_found' } });
  });
});
