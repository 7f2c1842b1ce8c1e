import invitations from '@scheduling/invitations';
import { Random } from '../prove/random.mjs';

const { calendarFeed, invitation, UID_DOMAIN } = invitations;

const HOUR = 3_600_000;
const ORGANIZER = { name: 'Lessons', email: 'lessons@example.org' };

// eslint-disable-next-line no-control-regex
const LINE_ENDS = /[\u0000-\u001f\u007f-\u009f\u2028\u2029]+/gu;
// eslint-disable-next-line no-control-regex
const OTHERS = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f]+/gu;

/** What people are called, write, or send, and what breaks files that are written carelessly. */
const PIECES = [
  'Ann',
  'Олена',
  '王小明',
  'محمد',
  'שרה',
  'Zoë',
  '👩‍🏫',
  '🎓🇺🇦',
  'a'.repeat(80),
  'é'.repeat(60),
  '𝔘𝔫𝔦',
  'e\u0301',
  ',',
  ';',
  ':',
  '\\',
  '\\n',
  '\\,',
  '"',
  "'",
  '^',
  '^n',
  '%0D%0A',
  '=',
  '&amp;',
  '<b>',
  ' ',
  '  ',
  '\t',
  'BEGIN:VEVENT',
  'END:VCALENDAR',
  'DTSTART:19700101T000000Z',
  '\r\nX-EVIL:1',
  '\nATTENDEE:mailto:evil@example.org',
  '\u0000',
  '\u0007',
  '\u2028',
  '\u0085',
  '\ud83d',
  '\ufeff',
];
/** Around the changes of the clocks of Kyiv and New York in 2027, the end of a year, a leap day. */
const WEEKS = [
  '2027-03-14T05:00:00Z',
  '2027-03-28T00:00:00Z',
  '2027-10-31T00:00:00Z',
  '2027-11-07T05:00:00Z',
  '2026-12-31T22:00:00Z',
  '2028-02-28T23:00:00Z',
];
const LINKS = [
  'https://meet.example.org/a',
  'https://meet.example.org/a,b;c\\d?e=f,g&h=%2C',
  `https://meet.example.org/${'x'.repeat(300)}`,
  'https://пример.example/комната',
  'javascript:alert(1)',
  undefined,
];

/** So many files, by this seed, each with what a reader must find in it. */
export function writtenFiles(seed, count) {
  const random = new Random(seed);
  return Array.from({ length: count }, (_, i) => (i % 3 === 2 ? feedFile(random, i) : invitationFile(random, i)));
}

function invitationFile(random, i) {
  const lesson = { ...lessonOf(random), organizer: ORGANIZER, stampedAt: new Date('2026-11-22T10:11:12Z') };
  const method = random.pick(['REQUEST', 'REQUEST', 'CANCEL']);
  const attendee = { name: text(random, 6), email: `ann${i}@example.org` };
  const file = invitation({ ...lesson, method, attendee });
  const event = {
    ...found(lesson, method === 'CANCEL'),
    attendees: [{ address: `mailto:ann${i}@example.org`, name: nameOf(attendee) }],
  };
  return { name: `invitation ${i}`, text: file, expected: { method, isWellFolded: true, events: [event] } };
}

function feedFile(random, i) {
  const lessons = Array.from({ length: Math.floor(random.between(0, 6)) }, () => ({
    ...lessonOf(random),
    organizer: ORGANIZER,
    stampedAt: new Date('2026-11-22T10:11:12Z'),
    isOff: random.next() < 0.2,
  }));
  const file = calendarFeed({ name: text(random, 3), lessons, everySeconds: 900 });
  const events = lessons.map((lesson) => ({ ...found(lesson, lesson.isOff), attendees: [] }));
  return { name: `feed ${i}`, text: file, expected: { method: 'PUBLISH', isWellFolded: true, events } };
}

function lessonOf(random) {
  const startAt = new Date(Date.parse(random.pick(WEEKS)) + Math.floor(random.between(0, 12)) * (HOUR / 2));
  return {
    bookingId: `${Math.floor(random.between(1e8, 9e8))}`,
    version: Math.floor(random.between(1, 1e6)),
    startAt,
    endAt: new Date(startAt.getTime() + random.pick([30, 45, 60, 90]) * 60_000),
    summary: `Lesson with ${text(random, 8)}`,
    description: `${text(random, 12)}\n${text(random, 12)}`,
    joinLink: random.pick(LINKS),
  };
}

const text = (random, most) =>
  Array.from({ length: Math.floor(random.between(0, most)) }, () => random.pick(PIECES)).join('');

/** What is found of a lesson: texts without the control characters that no calendar may get. */
function found(lesson, isOff) {
  return {
    uid: `${lesson.bookingId}@${UID_DOMAIN}`,
    sequence: lesson.version,
    status: isOff ? 'CANCELLED' : 'CONFIRMED',
    start: lesson.startAt.toISOString(),
    end: lesson.endAt.toISOString(),
    stamp: lesson.stampedAt.toISOString(),
    summary: plain(lesson.summary, LINE_ENDS),
    description: plain(lesson.description.replaceAll(/\r\n?|[\u0085\u2028\u2029]/gu, '\n'), OTHERS),
    url: linkOf(lesson.joinLink),
    organizer: 'mailto:lessons@example.org',
  };
}

/** In a parameter there are no escapes that all programs know. */
const nameOf = ({ name, email }) =>
  plain(name, LINE_ENDS).replaceAll('"', "'").replaceAll('^', 'ˆ').replaceAll('\\', '/') || email;

const plain = (text, controls) => text.toWellFormed().replaceAll(controls, ' ').trim();

function linkOf(link) {
  const url = URL.parse(link ?? '');
  if (url?.protocol !== 'https:') return null;
  return url.href.replaceAll(/[,;\\]/g, (mark) => encodeURIComponent(mark));
}
