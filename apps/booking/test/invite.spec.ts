import ICAL from 'ical.js';
import { type Asker, type Door, openDoor } from './lifecycle.http.ts';
import { type Lifecycle, lifecycle } from './lifecycle.scenario.ts';

const at = (day: number) => `2030-03-0${day}T12:00:00.000Z`;

describe('the invitation to a booking', () => {
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

  const read = async (id: string, who: Asker) => {
    const { status, headers, text } = await door.ask('GET', `/bookings/${id}/invite.ics`, who);
    expect(status).toBe(200);
    const calendar = new ICAL.Component(ICAL.parse(text));
    const event = calendar.getFirstSubcomponent('vevent')!;
    const value = (name: string) => event.getFirstPropertyValue(name);
    const start = (value('dtstart') as ICAL.Time).toJSDate();
    return { headers, text, method: calendar.getFirstPropertyValue('method'), value, start };
  };

  it('puts the lesson into a calendar, moves it there, and takes it out again', async () => {
    const { slots } = await s.teach({ starts: [at(8), at(9)] });
    const booking = await s.book(slots[0]!);
    const me = { id: booking.studentId, claims: { name: 'Ann', email: 'ann@student.example' } };

    const asked = await read(booking.id, me);
    expect(asked.headers.get('content-type')).toBe('text/calendar; charset=utf-8; method=REQUEST');
    expect(asked.headers.get('content-disposition')).toBe('attachment; filename="lesson.ics"');
    expect([asked.method, asked.value('status'), asked.value('sequence')]).toEqual(['REQUEST', 'CONFIRMED', 1]);
    expect(asked.value('uid')).toBe(`${booking.id}@lessons.preply-scheduling`);
    expect([asked.start, asked.value('url')]).toEqual([new Date(at(8)), booking.joinLink]);
    expect(asked.value('attendee')).toBe('MAILTO:ann@student.example');
    expect(asked.value('organizer')).toBe('mailto:lessons@localhost.localdomain');
    expect((await read(booking.id, me)).text).toBe(asked.text);

    await s.move(booking.studentId, booking.id, slots[1]!);
    const moved = await read(booking.id, me);
    expect([moved.value('uid'), moved.value('sequence'), moved.start]).toEqual([
      asked.value('uid'),
      2,
      new Date(at(9)),
    ]);

    const { version } = await s.cancel(booking.studentId, booking.id);
    const off = await read(booking.id, me);
    expect(off.headers.get('content-type')).toContain('method=CANCEL');
    expect([off.method, off.value('status'), off.value('sequence')]).toEqual(['CANCEL', 'CANCELLED', version]);
  });

  it('calls each of the two to their own calendar, also where their token names no address', async () => {
    const { tutor, slots } = await s.teach({ starts: [at(8)] });
    const booking = await s.book(slots[0]!);
    expect((await read(booking.id, { id: tutor })).value('attendee')).toBe(`MAILTO:${tutor}@people.invalid`);
  });

  it('is for nobody else', async () => {
    const { slots } = await s.teach({ starts: [at(8)] });
    const booking = await s.book(slots[0]!);
    const answer = await door.call('GET', `/bookings/${booking.id}/invite.ics`, { id: s.person() });
    expect(answer).toMatchObject({ status: 404, body: { code: 'booking_not_found' } });
  });
});
