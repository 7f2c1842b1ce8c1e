import { CompletionService } from '../src/completion/completion.service.ts';
import { NoShowService } from '../src/completion/no-show.service.ts';
import { type Door, openDoor } from './lifecycle.http.ts';
import { type Lifecycle, lifecycle } from './lifecycle.scenario.ts';

const at = (day: number) => `2030-03-0${day}T12:00:00.000Z`;

describe('the history of a booking', () => {
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

  const told = async () => {
    const { tutor, slots } = await s.teach({ starts: [at(2), at(3)] });
    const booking = await s.book(slots[0]!);
    s.clock.advance(5);
    await s.move(tutor, booking.id, slots[1]!);
    s.clock.advance(2 * 24 * 60 + 4 * 60);
    await s.get(CompletionService).complete();
    const absence = { by: tutor, bookingId: booking.id, absent: 'student' } as const;
    await s.get(NoShowService).tell(absence, s.unnamed(tutor));
    s.clock.advance(-(2 * 24 * 60 + 4 * 60 + 5));
    return { tutor, booking, student: booking.studentId };
  };
  const ask = (id: string, who: Parameters<Door['call']>[2]['id'], query = '') =>
    door.call('GET', `/bookings/${id}/history${query}`, { id: who });

  it('says what, when, who and why, to both of them', async () => {
    const { tutor, booking, student } = await told();
    const { body } = await ask(booking.id, student);
    const step = (
      action: string,
      from_status: string | null,
      to_status: string,
      by: string | null,
      reason: string | null,
    ) => ({
      action,
      from_status,
      to_status,
      by,
      reason,
    });
    expect(body.items.map(({ at: _, version: __, ...said }: Record<string, unknown>) => said)).toEqual([
      step('booked', null, 'confirmed', student, null),
      step('rescheduled', 'confirmed', 'confirmed', tutor, 'a trip'),
      step('completed', 'confirmed', 'completed', null, null),
      step('no_show', 'completed', 'completed', tutor, 'student'),
    ]);
    expect(body.items.map(({ version }: { version: number }) => version)).toEqual([1, 2, 3, 4]);
    expect(body.items[1].at).toBe('2030-03-01T09:05:00.000Z');
    expect(await ask(booking.id, tutor)).toEqual({ status: 200, body });
  });

  it('comes page by page', async () => {
    const { booking, student } = await told();
    const first = await ask(booking.id, student, '?limit=3');
    expect([first.body.items.length, first.body.next_cursor]).toEqual([3, '3']);
    const last = await ask(booking.id, student, `?limit=3&cursor=${first.body.next_cursor}`);
    expect([last.body.items.length, last.body.next_cursor]).toEqual([1, null]);
  });

  it('is for nobody else, and nothing else', async () => {
    const { booking, student } = await told();
    expect(await ask(booking.id, s.person())).toMatchObject({ status: 404, body: { code: 'booking_not_found' } });
    expect(await ask(booking.id, student, '?cursor=x')).toMatchObject({
      status: 400,
      body: { code: 'malformed_request' },
    });
    expect(await ask('x', student)).toMatchObject({ status: 400, body: { code: 'malformed_request' } });
  });
});
