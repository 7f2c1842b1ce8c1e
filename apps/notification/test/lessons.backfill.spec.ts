import type { BookingConfirmed } from '@scheduling/contracts';
import { type TestDatabase, testDatabase } from '@scheduling/testing';
import { Lessons1795720000005 } from '../src/migrations/0010-lessons.ts';
import { notificationSchema } from '../src/schema.ts';
import { cancellation, lesson, link, move } from './booking-says.ts';

/** The schema as it was before lessons were kept. */
function before(url: string) {
  const options = notificationSchema(url);
  const steps = options.migrations as unknown[];
  return { ...options, migrations: steps.slice(0, steps.indexOf(Lessons1795720000005)) };
}

const at = (day: number) => ({ start_at: `2098-03-0${day}T12:00:00.000Z`, end_at: `2098-03-0${day}T13:00:00.000Z` });

describe('lessons that were told of before they were kept', () => {
  let test: TestDatabase;
  const booked = lesson(at(1));
  const moved = lesson(at(2));
  const off = lesson(at(3));
  const over = lesson({ start_at: '2020-03-01T12:00:00.000Z', end_at: '2020-03-01T13:00:00.000Z' });

  beforeAll(async () => {
    test = await testDatabase('notification', before as typeof notificationSchema);
    await say('booking_confirmed', booked);
    await say('lesson_link_ready', link(booked));
    await say('booking_confirmed', moved);
    await say('booking_rescheduled', move(moved, at(4)));
    await say('booking_confirmed', off);
    await say('booking_canceled', cancellation(off));
    await say('booking_confirmed', over);
    await test.source.query(new Lessons1795720000005().sql);
  });
  afterAll(() => test.drop());

  /** Writes down that both people were told, as the version before did. */
  async function say(kind: string, event: BookingConfirmed): Promise<void> {
    for (const person of [event.student_id, event.tutor_id]) {
      const id = `<${kind}.${event.booking_id}.${event.version}.${person}@example.org>`;
      await test.source.query(
        `insert into messages (booking_id, booking_version, recipient_id, channel, kind, event, state, next_attempt_at,
                               message_id, created_at, sent_at)
         values ($1, $2, $3, 'email', $4, $5, 'sent', now(), $6, now(), now())`,
        [event.booking_id, event.version, person, kind, event, id],
      );
    }
  }

  it('are kept as they were told of last', async () => {
    const kept = await test.source.query(
      'select version::int, status, start_at, join_link from lessons order by start_at',
    );
    expect(kept).toMatchObject([
      { version: 1, status: 'confirmed' },
      {
        version: 2,
        status: 'confirmed',
        start_at: new Date(booked.start_at),
        join_link: 'https://meet.example.org/better',
      },
      { version: 2, status: 'refunded' },
      { version: 2, status: 'confirmed', start_at: new Date(at(4).start_at) },
    ]);
  });

  it('have reminders where they are still to come', async () => {
    const reminders = await test.source.query(
      `select booking_id, booking_version::int as version, kind, channel, due_at, message_id from messages
        where kind in ('lesson_tomorrow', 'lesson_soon') and recipient_id = any($1) order by due_at, channel`,
      [[booked.student_id, moved.tutor_id, off.student_id, over.student_id]],
    );
    const due = reminders.map((row: { version: number; kind: string; channel: string; due_at: Date }) =>
      [row.version, row.kind, row.channel, row.due_at.toISOString().slice(5, 16)].join(' '),
    );
    expect(due).toEqual([
      '1 lesson_tomorrow email 02-28T12:00',
      '1 lesson_tomorrow in_app 02-28T12:00',
      '1 lesson_soon email 03-01T10:00',
      '1 lesson_soon in_app 03-01T10:00',
      '2 lesson_tomorrow email 03-03T12:00',
      '2 lesson_tomorrow in_app 03-03T12:00',
      '2 lesson_soon email 03-04T10:00',
      '2 lesson_soon in_app 03-04T10:00',
    ]);
    expect(reminders[1].message_id).toBe(
      `<lesson_tomorrow.${booked.booking_id}.1.${booked.student_id}.in_app@example.org>`,
    );
  });
});
