import * as fc from 'fast-check';
import ICAL from 'ical.js';
import { invitation, UID_DOMAIN, type LessonInvitation } from './index.ts';

const lesson: LessonInvitation = {
  bookingId: '0f4b1c9e-59a5-4c1e-8f52-3a1b2c3d4e5f',
  version: 3,
  method: 'REQUEST',
  startAt: new Date('2026-12-01T16:00:00Z'),
  endAt: new Date('2026-12-01T17:00:00Z'),
  summary: 'Lesson with Олена',
  description: 'Bring your book.\nSee you, Олена',
  joinLink: 'https://meet.example/room?lesson=1&as=student',
  organizer: { name: 'Preply Scheduling', email: 'lessons@preply.example' },
  attendee: { name: 'Ann', email: 'ann@student.example' },
  stampedAt: new Date('2026-11-22T10:11:12Z'),
};

function read(ics: string) {
  const calendar = new ICAL.Component(ICAL.parse(ics));
  const events = calendar.getAllSubcomponents('vevent');
  const [event] = events;
  if (!event || events.length !== 1) throw new Error(`${events.length} events instead of one`);
  const value = (name: string) => event.getFirstPropertyValue(name);
  const instant = (name: string) => (value(name) as ICAL.Time).toJSDate();
  return { calendar, event, value, instant };
}

const properties = (component: ICAL.Component) => component.getAllProperties().map(({ name }) => name);

/** RFC 5545 §3.1: CRLF ends every line, and none is longer than 75 octets. */
function expectLines(ics: string) {
  expect(ics.endsWith('END:VCALENDAR\r\n')).toBe(true);
  const lines = ics.split('\r\n');
  expect(lines.join('')).not.toMatch(/[\r\n]/);
  expect(Math.max(...lines.map((line) => Buffer.byteLength(line)))).toBeLessThanOrEqual(75);
}

describe('an invitation', () => {
  it('says what the lesson is, when, where and with whom', () => {
    const { calendar, event, value, instant } = read(invitation(lesson));
    expect(calendar.getFirstPropertyValue('version')).toBe('2.0');
    expect(calendar.getFirstPropertyValue('prodid')).toBe('-//Preply Scheduling//Lessons//EN');
    expect(calendar.getFirstPropertyValue('method')).toBe('REQUEST');
    expect(value('status')).toBe('CONFIRMED');
    expect(value('uid')).toBe(`${lesson.bookingId}@${UID_DOMAIN}`);
    expect(value('sequence')).toBe(3);
    expect([instant('dtstart'), instant('dtend'), instant('dtstamp')]).toEqual([
      lesson.startAt,
      lesson.endAt,
      lesson.stampedAt,
    ]);
    expect(value('summary')).toBe(lesson.summary);
    expect(value('description')).toBe(lesson.description);
    expect([value('url'), value('location')]).toEqual([lesson.joinLink, lesson.joinLink]);
    expect(value('organizer')).toBe('mailto:lessons@preply.example');
    expect(String(value('attendee')).toLowerCase()).toBe('mailto:ann@student.example');
    const attendee = event.getFirstProperty('attendee');
    expect(['cn', 'partstat', 'rsvp', 'role'].map((key) => attendee?.getParameter(key))).toEqual([
      'Ann',
      'NEEDS-ACTION',
      'FALSE',
      'REQ-PARTICIPANT',
    ]);
  });

  it('gives its times in UTC', () => {
    const ics = invitation(lesson);
    expect(ics).toContain('DTSTART:20261201T160000Z\r\nDTEND:20261201T170000Z');
    expect(ics).toContain('DTSTAMP:20261122T101112Z');
    expect(ics).not.toContain('TZID');
  });

  it('calls off the same event, later in its sequence', () => {
    const canceled = read(invitation({ ...lesson, method: 'CANCEL', version: 4 }));
    expect(canceled.calendar.getFirstPropertyValue('method')).toBe('CANCEL');
    expect(canceled.value('status')).toBe('CANCELLED');
    expect(canceled.value('sequence')).toBe(4);
    const asked = read(invitation(lesson));
    for (const name of ['uid', 'organizer', 'attendee']) expect(canceled.value(name)).toBe(asked.value(name));
  });

  it('is the same each time it is written', () => {
    expect(invitation(lesson)).toBe(invitation({ ...lesson }));
  });

  it('names no place while there is no link', () => {
    const { value } = read(invitation({ ...lesson, joinLink: undefined }));
    expect([value('url'), value('location')]).toEqual([null, null]);
  });

  it.each(['javascript:alert(1)', 'not a link', ''])('leaves out a link that is not of the web: %j', (joinLink) => {
    expect(read(invitation({ ...lesson, joinLink })).value('url')).toBeNull();
  });

  it('keeps a link whole that has commas and semicolons', () => {
    const { value } = read(invitation({ ...lesson, joinLink: 'https://meet.example/a,b;c?d=e,f' }));
    expect(decodeURIComponent(String(value('url')))).toBe('https://meet.example/a,b;c?d=e,f');
  });

  it('keeps a name with commas, semicolons and emoji, and its quotes as simple ones', () => {
    const name = 'Ann "the, cat"; O\'Neil: ^x 👩‍🏫🎓';
    const { event } = read(invitation({ ...lesson, attendee: { ...lesson.attendee, name } }));
    expect(event.getFirstProperty('attendee')?.getParameter('cn')).toBe("Ann 'the, cat'; O'Neil: ˆx 👩‍🏫🎓");
  });

  it('keeps the address of someone whose name has a colon behind a quote', () => {
    const ics = invitation({ ...lesson, attendee: { ...lesson.attendee, name: '"^"^"\\n"^"^:' } });
    expect(String(read(ics).value('attendee')).toLowerCase()).toBe('mailto:ann@student.example');
  });

  it('calls someone without a name by the address', () => {
    const { event } = read(invitation({ ...lesson, attendee: { ...lesson.attendee, name: '\u0000\r\n' } }));
    expect(event.getFirstProperty('attendee')?.getParameter('cn')).toBe('ann@student.example');
  });

  it('gains no line from control characters in any field', () => {
    const evil = (text: string) => `${text}\r\nX-EVIL:1\nX-EVIL:2\rX-EVIL:3\u0085\u2028\u0000\u001b`;
    const ics = invitation({
      ...lesson,
      bookingId: evil(lesson.bookingId),
      summary: evil('s'),
      description: evil('d'),
      joinLink: evil('https://meet.example/'),
      organizer: { name: evil('o'), email: evil('o@x.example') },
      attendee: { name: evil('a'), email: evil('a@x.example') },
    });
    expectLines(ics);
    // eslint-disable-next-line no-control-regex
    expect(ics).not.toMatch(/[\u0000-\u0009\u000b\u000c\u000e-\u001f\u007f-\u009f\u2028\u2029]/u);
    expect(properties(read(ics).event)).toEqual(properties(read(invitation(lesson)).event));
  });

  it('folds every line within 75 octets and reads back whole, whatever people are called', () => {
    // The separators of lines and paragraphs count as line breaks, which the test above covers.
    const words = fc
      .string({ unit: 'grapheme', maxLength: 200 })
      .map((text) => text.replaceAll(/[\u2028\u2029]/gu, ''));
    fc.assert(
      fc.property(words, words, words, (summary, description, name) => {
        const ics = invitation({ ...lesson, summary, description, attendee: { ...lesson.attendee, name } });
        expectLines(ics);
        const { event, value } = read(ics);
        expect(value('summary')).toBe(summary.trim());
        expect(value('description') ?? '').toBe(description.trim());
        expect(String(value('attendee')).toLowerCase()).toBe('mailto:ann@student.example');
        const cn = name.replaceAll('"', "'").replaceAll('^', 'ˆ').replaceAll('\\', '/').trim();
        expect(event.getFirstProperty('attendee')?.getParameter('cn')).toBe(cn || lesson.attendee.email);
      }),
      { numRuns: 300 },
    );
  });

  it('survives halves of emoji', () => {
    const ics = invitation({ ...lesson, summary: `${'x'.repeat(66)}\ud83d${'y'.repeat(80)}\udc69` });
    expectLines(ics);
    expect(read(ics).value('summary')).toBe(`${'x'.repeat(66)}\ufffd${'y'.repeat(80)}\ufffd`);
  });
});
