import { LessonEventMoved, type SchedulingEvent, topicOf } from '@scheduling/contracts';
import { seal } from '@scheduling/events';
import { until } from '@scheduling/testing';
import { Client } from 'pg';
import { type Door, openDoor } from './lifecycle.http.ts';
import { type ProposalsScenario, proposalsScenario } from './proposals.scenario.ts';

const at = (day: number) => `2030-03-0${day}T12:00:00.000Z`;
const ANYTHING = '00000000-0000-4000-8000-000000000000';

describe('proposals, over HTTP', () => {
  let s: ProposalsScenario;
  let door: Door;
  let admin: Client;
  beforeAll(async () => {
    s = await proposalsScenario();
    door = await openDoor(s);
    admin = new Client({ connectionString: s.adminUrl });
    await admin.connect();
  });
  afterAll(async () => {
    await door.close();
    await admin.end();
    await s.end();
  });

  /** Puts a fact on the log as the relay of another service does; this one may not speak for it. */
  const state = async (fact: SchedulingEvent) => {
    const envelope = seal(fact, new Date());
    const { id, type, partitionkey } = envelope;
    await admin.query(
      'insert into bus.log (part, topic, key, type, event_id, envelope) values (0, $1, $2, $3, $4, $5)',
      [topicOf(type), partitionkey, type, id, envelope],
    );
  };

  it('go from a calendar to an answer', async () => {
    const { tutor, booking, student, slots } = await s.lesson([at(8), at(9)]);
    const path = `/bookings/${booking.id}/proposals`;
    const moved = LessonEventMoved.of({
      booking_id: booking.id,
      booking_version: 1,
      user_id: tutor,
      side: 'tutor',
      start_at: at(9),
      end_at: at(9).replace('12:', '13:'),
    });
    await state(moved);
    await until('the proposal', async () => (await s.proposed(booking.id)).length > 0);

    const { status, body } = await door.call('GET', path, { id: student });
    expect([status, body]).toEqual([
      200,
      {
        items: [
          {
            proposal_id: expect.any(String),
            booking_id: booking.id,
            kind: 'reschedule',
            proposed_by: tutor,
            new_slot_id: slots[1],
            new_start_at: at(9),
            new_end_at: at(9).replace('12:', '13:'),
            status: 'open',
            answered_by: null,
            made_at: s.clock.now().toISOString(),
            expires_at: at(8),
          },
        ],
        next_cursor: null,
      },
    ]);
    const [proposal] = body.items;
    const answer = (who: typeof tutor, accept: unknown) =>
      door.call('POST', `${path}/${proposal.proposal_id}`, { id: who }, { accept });
    expect(await answer(tutor, true)).toMatchObject({ status: 403, body: { code: 'own_proposal' } });
    expect(await answer(s.person(), true)).toMatchObject({ status: 404, body: { code: 'booking_not_found' } });
    expect(await answer(student, 'yes')).toMatchObject({ status: 400, body: { code: 'malformed_request' } });
    const accepted = { ...proposal, status: 'accepted', answered_by: student };
    expect(await answer(student, true)).toEqual({ status: 200, body: accepted });
    expect(await answer(student, true)).toEqual({ status: 200, body: accepted });
    expect(await answer(student, false)).toMatchObject({ status: 409, body: { code: 'proposal_over' } });
    expect((await door.call('GET', `/bookings/${booking.id}`, { id: tutor })).body).toMatchObject({
      slot_id: slots[1],
      version: 2,
    });
  });

  it('come page by page, the newest first, to the two whom they concern', async () => {
    const { tutor, booking, student } = await s.lesson([at(8)]);
    for (const day of [2, 3, 4]) await s.drag(booking, tutor, at(day));
    const path = `/bookings/${booking.id}/proposals?limit=2`;
    const first = (await door.call('GET', path, { id: student })).body;
    expect(first.items.map((item: { new_start_at: string }) => item.new_start_at)).toEqual([at(4), at(3)]);
    const rest = await door.call('GET', `${path}&cursor=${first.next_cursor}`, { id: tutor });
    expect(rest.body).toMatchObject({ items: [{ new_start_at: at(2), status: 'impossible' }], next_cursor: null });
    expect(await door.call('GET', path, { id: s.person() })).toMatchObject({ status: 404 });
  });

  it.each([
    ['of no booking', `/bookings/${ANYTHING}/proposals/${ANYTHING}`, { accept: true }, 404, 'booking_not_found'],
    ['without an answer', `/bookings/${ANYTHING}/proposals/${ANYTHING}`, {}, 400, 'malformed_request'],
    ['by no id', `/bookings/${ANYTHING}/proposals/first`, { accept: true }, 400, 'malformed_request'],
  ])('are refused %s', async (_, path, body, status, code) => {
    expect(await door.call('POST', path, { id: s.person() }, body)).toMatchObject({ status, body: { code } });
  });

  it('are not to be found where there are none', async () => {
    const { booking, student } = await s.lesson([at(8)]);
    const asked = await door.call(
      'POST',
      `/bookings/${booking.id}/proposals/${ANYTHING}`,
      { id: student },
      { accept: true },
    );
    expect(asked).toMatchObject({ status: 404, body: { code: 'proposal_not_found' } });
    const listed = await door.call('GET', `/bookings/${booking.id}/proposals`, { id: student });
    expect(listed).toEqual({ status: 200, body: { items: [], next_cursor: null } });
  });
});
