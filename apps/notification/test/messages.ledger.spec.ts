import type { PersonId } from '@scheduling/domain';
import { newId } from '@scheduling/domain';
import { NotificationConfig } from '../src/config.ts';
import { ChannelsOn } from '../src/messages/channels-on.ts';
import { MessagesService } from '../src/messages/messages.service.ts';
import { cancellation, collision, lesson } from './booking-says.ts';
import { type Scenario, scenario } from './scenario.ts';

describe('the ledger of messages', () => {
  let s: Scenario;
  beforeAll(async () => {
    s = await scenario();
  });
  afterAll(() => s.end());

  it('has one row for the student and one for the tutor, however often a booking is told', async () => {
    const booked = lesson();
    await s.confirm(booked);
    await s.confirm(booked);
    await Promise.all([s.confirm(booked), s.confirm(booked)]);
    expect(await s.states(booked)).toEqual({ 'confirmed planned': 2 });
    expect((await s.ledger(booked)).map((row) => row.recipient_id).toSorted()).toEqual(
      [booked.student_id, booked.tutor_id].toSorted(),
    );
  });

  it('has one row a person, though mail comes from another domain by now', async () => {
    const booked = lesson();
    await s.confirm(booked);
    const config = Object.assign(new NotificationConfig(), { MAIL_FROM: 'Lessons <lessons@example.org>' });
    const since = new MessagesService(new ChannelsOn(new Set()), config);
    await s.db.transaction((tx) => since.plan(tx, { kind: 'booking_confirmed', event: booked }));
    expect(await s.states(booked)).toEqual({ 'confirmed planned': 2 });
  });

  it('makes each Message-ID of what makes the row unique', async () => {
    const booked = lesson();
    await s.confirm(booked);
    for (const { message_id: id, recipient_id: to } of await s.ledger(booked)) {
      expect(id).toBe(`<booking_confirmed.${booked.booking_id}.1.${to}@localhost.localdomain>`);
    }
  });

  it('takes back what was still to be said when the lesson is canceled', async () => {
    const booked = lesson();
    await s.confirm(booked);
    await s.cancel(cancellation(booked));
    await s.cancel(cancellation(booked));
    expect(await s.states(booked)).toEqual({ 'confirmed revoked': 2, 'canceled planned': 2 });
  });

  it('tells the tutor alone of a lesson in the way of their plans, once, and not after its cancellation', async () => {
    const [booked, off] = [lesson(), lesson()];
    await s.confirm(booked);
    await s.collide(collision(booked));
    await s.collide(collision(booked));
    const about = (await s.ledger(booked)).filter(({ kind }) => kind === 'lesson_conflicted');
    expect(about.map((row) => [row.recipient_id, row.state])).toEqual([[booked.tutor_id, 'planned']]);

    await s.cancel(cancellation(off));
    await s.collide(collision(off));
    expect(await s.states(off)).toEqual({ 'canceled planned': 2, 'lesson_conflicted revoked': 1 });
  });

  it('leaves the messages about other bookings alone', async () => {
    const [booked, other] = [lesson(), lesson()];
    await s.confirm(booked);
    await s.confirm(other);
    await s.cancel(cancellation(booked));
    expect(await s.states(other)).toEqual({ 'confirmed planned': 2 });
  });

  it('says nothing of a booking whose cancellation came first', async () => {
    const booked = lesson();
    await s.cancel(cancellation(booked));
    await s.confirm(booked);
    expect(await s.states(booked)).toEqual({ 'confirmed revoked': 2, 'canceled planned': 2 });
  });

  it('skips what is about a lesson that has ended', async () => {
    const past = lesson({ start_at: '2030-03-01T08:00:00.000Z', end_at: '2030-03-01T09:00:00.000Z' });
    const running = lesson({ start_at: '2030-03-01T08:30:00.000Z', end_at: '2030-03-01T09:00:00.001Z' });
    await s.confirm(past);
    await s.confirm(running);
    expect(await s.states(past)).toEqual({ 'confirmed skipped': 2 });
    expect((await s.ledger(past))[0]!.last_error).toBe('the lesson has ended');
    expect(await s.states(running)).toEqual({ 'confirmed planned': 2 });
  });

  it('takes the newest that was said of a person, in whatever order it comes', async () => {
    const id = newId<PersonId>();
    await s.meet(id, { version: 2, name: 'new' });
    await s.meet(id, { version: 1, name: 'old' });
    await s.meet(id, { version: 2, name: 'again' });
    expect(await s.source.query('select name, version from recipients where user_id = $1', [id])).toEqual([
      { name: 'new', version: '2' },
    ]);
  });
});
