import { InAppWay } from '../src/inbox/in-app-way.ts';
import { cancellation, lesson } from './booking-says.ts';
import { type Scenario, scenario } from './scenario.ts';

describe('a message inside', () => {
  let s: Scenario;
  beforeAll(async () => {
    s = await scenario({ channels: ['in_app'] });
  });
  afterAll(() => s.end());

  const notes = (id: string) =>
    s.source.query(
      'select user_id, kind, title, body, link, booking_id, read_at from in_app where user_id = $1 order by created_at',
      [id],
    );
  const stated = (id: string) =>
    s.source.query(
      "select envelope ->> 'type' as type, envelope -> 'data' as data from outbox where key = $1 order by id",
      [id],
    );
  const inside = () => s.workerOn(new InAppWay());

  it('is there as soon as the ledger says that it is delivered, and is told of once', async () => {
    const booked = lesson();
    await s.meetBoth(booked);
    await s.confirm(booked);
    await Promise.all([s.work(inside()), s.work(inside())]);
    const rows = (await s.ledger(booked)).filter(({ message_id: id }) => id.includes('in_app'));
    expect(rows.map(({ state }) => state)).toEqual(['delivered', 'delivered']);
    expect(await notes(booked.student_id)).toEqual([
      {
        user_id: booked.student_id,
        kind: 'booking_confirmed',
        title: expect.stringMatching(/./),
        body: expect.stringMatching(/./),
        link: booked.join_link,
        booking_id: booked.booking_id,
        read_at: null,
      },
    ]);
    const said = await stated(booked.student_id);
    expect(said).toEqual([
      {
        type: 'scheduling.notification.NotificationDelivered.v1',
        data: {
          notification_id: expect.any(String),
          user_id: booked.student_id,
          kind: 'booking_confirmed',
          channel: 'in_app',
          booking_id: booked.booking_id,
          state: 'delivered',
          at: '2030-03-01T09:00:00.000Z',
        },
      },
    ]);
  });

  it('is not kept where it has been overtaken', async () => {
    const booked = lesson();
    await s.meetBoth(booked);
    await s.confirm(booked);
    await s.cancel(cancellation(booked));
    await s.work(inside());
    expect((await notes(booked.tutor_id)).map(({ kind }: { kind: string }) => kind)).toEqual(['booking_canceled']);
  });

  it('holds up no other where it cannot be kept', async () => {
    const [booked, spoiled] = [lesson(), lesson()];
    for (const each of [booked, spoiled]) await s.meetBoth(each);
    await s.confirm(spoiled);
    await s.confirm(booked);
    await s.source.query(`alter table in_app add check (booking_id <> '${spoiled.booking_id}')`);
    const worker = inside();
    const taken = await worker.take(20);
    await Promise.allSettled(taken.map((delivery) => worker.deliver(delivery)));
    expect((await notes(booked.tutor_id)).map(({ kind }: { kind: string }) => kind)).toEqual(['booking_confirmed']);
    const left = (await s.ledger(spoiled)).filter(({ message_id: id }) => id.includes('in_app'));
    expect(left.map(({ state, attempts }) => [state, attempts])).toEqual([
      ['working', 1],
      ['working', 1],
    ]);
  });

  it('of which the server knows nothing is stated as failed', async () => {
    const booked = lesson();
    const { student } = await s.meetBoth(booked);
    s.smtp.conduct = (to) => (to === student ? 550 : 'take');
    await s.confirm(booked);
    await s.work(s.worker());
    expect(await stated(booked.student_id)).toMatchObject([
      { type: 'scheduling.notification.NotificationFailed.v1', data: { channel: 'email', state: 'failed' } },
    ]);
    // Of a mail that was sent nobody knows whether it has arrived.
    expect(await stated(booked.tutor_id)).toEqual([]);
  });
});
