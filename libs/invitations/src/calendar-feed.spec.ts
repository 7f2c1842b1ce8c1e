import * as fc from 'fast-check';
import ICAL from 'ical.js';
import { calendarFeed, type FeedLesson, invitation, partyOf, UID_DOMAIN } from './index.ts';

const lesson: FeedLesson = {
  bookingId: '0f4b1c9e-59a5-4c1e-8f52-3a1b2c3d4e5f',
  version: 3,
  // Kyiv's clocks go forward between the two: the first lesson is at 18:00 there, as is the second.
  startAt: new Date('2027-03-26T16:00:00Z'),
  endAt: new Date('2027-03-26T17:00:00Z'),
  summary: 'Lesson with Олена',
  description: 'Join the lesson: https://meet.example/a?b=1',
  joinLink: 'https://meet.example/a?b=1',
  organizer: { name: 'Lessons', email: 'lessons@preply.example' },
  stampedAt: new Date('2026-11-22T10:11:12Z'),
  isOff: false,
};
const later: FeedLesson = {
  ...lesson,
  bookingId: '1f4b1c9e-59a5-4c1e-8f52-3a1b2c3d4e5f',
  startAt: new Date('2027-03-29T15:00:00Z'),
  endAt: new Date('2027-03-29T16:00:00Z'),
};
const feed = (...lessons: FeedLesson[]) => calendarFeed({ name: 'Lessons', lessons, everySeconds: 900 });

function read(ics: string) {
  const calendar = new ICAL.Component(ICAL.parse(ics));
  return { calendar, events: calendar.getAllSubcomponents('vevent') };
}
const value = (event: ICAL.Component | undefined, name: string) => event?.getFirstPropertyValue(name);

/** RFC 5545 §3.1: CRLF ends every line, and none is longer than 75 octets. */
function expectLines(ics: string) {
  expect(ics.endsWith('END:VCALENDAR\r\n')).toBe(true);
  const lines = ics.split('\r\n');
  expect(lines.join('')).not.toMatch(/[\r\n]/);
  expect(Math.max(...lines.map((line) => Buffer.byteLength(line)))).toBeLessThanOrEqual(75);
}

describe('a feed', () => {
  it('publishes each lesson, and invites nobody', () => {
    const { calendar, events } = read(feed(lesson, later));
    expect(calendar.getFirstPropertyValue('method')).toBe('PUBLISH');
    expect(String(calendar.getFirstPropertyValue('refresh-interval'))).toBe('PT15M');
    expect(events.map((event) => value(event, 'uid'))).toEqual(
      [lesson, later].map(({ bookingId }) => `${bookingId}@${UID_DOMAIN}`),
    );
    expect(events.map((event) => event.getFirstProperty('attendee'))).toEqual([null, null]);
  });

  it('keeps the hour over the change to summer time', () => {
    const kyiv = new Intl.DateTimeFormat('en-GB', { timeZone: 'Europe/Kyiv', timeStyle: 'short' });
    const { events } = read(feed(lesson, later));
    const starts = events.map((event) => kyiv.format((value(event, 'dtstart') as ICAL.Time).toJSDate()));
    expect(starts).toEqual(['18:00', '18:00']);
  });

  it('shows the same event as the invitation: its UID, sequence, time and organizer', () => {
    const invited = read(invitation({ ...lesson, method: 'REQUEST', attendee: lesson.organizer })).events[0];
    const shown = read(feed(lesson)).events[0];
    for (const name of ['uid', 'sequence', 'dtstart', 'dtend', 'organizer', 'summary', 'url']) {
      expect(String(value(shown, name))).toBe(String(value(invited, name)));
    }
  });

  it('shows a lesson that is off as canceled, taking no time', () => {
    const [event] = read(feed({ ...lesson, version: 4, isOff: true })).events;
    expect([value(event, 'status'), value(event, 'transp'), value(event, 'sequence')]).toEqual([
      'CANCELLED',
      'TRANSPARENT',
      4,
    ]);
  });

  it('is a calendar even without lessons', () => {
    const ics = feed();
    expectLines(ics);
    expect(read(ics).events).toEqual([]);
  });

  it('gives the same octets for the same lessons', () => {
    expect(feed(lesson, later)).toBe(feed({ ...lesson }, { ...later }));
  });

  it('folds every line within 75 octets and reads back whole, whatever names and links people have', () => {
    const words = fc
      .string({ unit: 'grapheme', maxLength: 200 })
      .map((text) => text.replaceAll(/[\u2028\u2029]/gu, ''));
    const marks = fc.stringMatching(/^[a-z,;:"'\\%^ /?&=#]{0,120}$/);
    fc.assert(
      fc.property(words, marks, words, fc.webUrl({ withQueryParameters: true }), (name, more, text, joinLink) => {
        const summary = `${name}${more}`;
        const description = `${text}\n${more}\n${text}`;
        const ics = calendarFeed({
          name: summary,
          lessons: [{ ...lesson, summary, description, joinLink }, later],
          everySeconds: 900,
        });
        expectLines(ics);
        const { calendar, events } = read(ics);
        expect(events).toHaveLength(2);
        expect(calendar.getFirstPropertyValue('x-wr-calname') ?? '').toBe(summary.trim());
        expect(value(events[0], 'summary') ?? '').toBe(summary.trim());
        expect(value(events[0], 'description') ?? '').toBe(description.trim());
        expect(decodeURIComponent(String(value(events[0], 'url')).replaceAll('%25', ''))).toBe(
          decodeURIComponent(new URL(joinLink).href.replaceAll('%25', '')),
        );
      }),
      { numRuns: 300 },
    );
  });
});

describe('a mailbox', () => {
  it.each([
    ['Lessons <lessons@example.org>', { name: 'Lessons', email: 'lessons@example.org' }],
    ['<lessons@example.org>', { name: '', email: 'lessons@example.org' }],
  ])('reads as a party: %s', (text, party) => {
    expect(partyOf(text)).toEqual(party);
  });
});
