import { BookingCanceled, BookingConfirmed, LessonConflicted, metaOf } from '@scheduling/contracts';
import type { PersonId } from '@scheduling/domain';
import { confirmed, olena, sam, unfolded, write } from '../../test/letters.ts';
import { messageIdOf } from './message.ts';
import { nameOf } from './wording.ts';

const canceled = BookingCanceled.of<BookingCanceled>(metaOf(BookingCanceled).examples[0] as BookingCanceled);
const confirm = (more: Partial<BookingConfirmed>, reader = sam, other = 'Olena') =>
  write({ kind: 'booking_confirmed', event: BookingConfirmed.of({ ...confirmed, ...more }) }, reader, other);
const cancel = (more: Partial<BookingCanceled>, reader = sam, other = 'Olena') =>
  write({ kind: 'booking_canceled', event: BookingCanceled.of({ ...canceled, ...more }) }, reader, other);

describe('the mail about a booked lesson', () => {
  it('tells the student what they have booked, on their own clock', () => {
    const { subject, text } = confirm({});
    expect(subject).toBe('Your lesson with Olena is booked: Mon, Dec 7, 2026, 09:00 (GMT-5, America/New_York)');
    expect(text).toBe(`Hello Sam,

Your lesson with Olena is booked. The attached invitation puts it into your calendar.

When:   Mon, Dec 7, 2026, 09:00 (GMT-5, America/New_York)
Length: 60 minutes
Tutor:  Olena
Price:  $25.00, paid with credits

Join the lesson:
https://meet.example.org/9c1b7f0a

-- 
Times are in your own time zone. Booking 9c1b7f0a-2f64-4d9c-9d3b-1f7f5a3e4b04.
`);
  });

  it('tells the tutor who is coming, on theirs', () => {
    const { subject, text } = confirm({}, olena, 'Sam');
    expect(subject).toBe('New lesson with Sam: Mon, 7 Dec 2026, 16:00 (GMT+2, Europe/Kyiv)');
    expect(text).toContain('Sam has booked a lesson with you.');
    expect(text).toContain('Student: Sam\nPrice:   $25.00\n');
  });

  it('does without the other one’s name while nobody knows it', () => {
    expect(confirm({}, sam, '').subject).toMatch(/^Your lesson is booked: /);
    expect(confirm({}, sam, '').text).not.toContain('Tutor');
    expect(confirm({}, olena, '').text).toContain('A student has booked a lesson with you.');
  });

  it.each([
    ['JPY', 2500, '¥2,500'],
    ['EUR', 999, '€9.99'],
    ['KWD', 12_345, 'KWD 12.345'],
  ])('writes %s as people do', (currency, price_cents, shown) => {
    expect(confirm({ currency, price_cents }).text.replaceAll('\u00A0', ' ')).toContain(`Price:  ${shown}`);
  });

  it.each(['Nowhere/Land', '', '+05:30'])('speaks in UTC to someone whose zone is %p', (timezone) => {
    expect(confirm({}, { ...sam, timezone }).text).toContain('14:00 (GMT+0, UTC)');
  });

  it.each(['fr', 'x', '', 'en_US', 'tlh'])('is in English for a reader whose language is %p', (locale) => {
    expect(confirm({}, { ...sam, locale }).text).toContain('Mon, 7 Dec 2026, 09:00');
  });

  it('invites its reader, and comes from us', () => {
    const { invitation } = confirm({});
    const ics = unfolded(invitation!.content);
    expect(invitation!.method).toBe('REQUEST');
    expect(ics).toContain('METHOD:REQUEST');
    expect(ics).toContain('SUMMARY:Lesson with Olena');
    expect(ics).toMatch(/ATTENDEE.*mailto:sam@example\.org/i);
    expect(ics).toMatch(/ORGANIZER.*mailto:lessons@example\.org/i);
    expect(ics).toContain('DTSTART:20261207T140000Z');
  });

  it('comes out the same at each try', () => {
    expect(confirm({})).toEqual(confirm({}));
  });
});

describe('the mail about a canceled lesson', () => {
  it('tells the student that their money is back', () => {
    const { subject, text, invitation } = cancel({});
    expect(subject).toBe('Canceled: lesson with Olena, Mon, Dec 7, 2026, 09:00 (GMT-5, America/New_York)');
    expect(text).toContain('You have canceled your lesson with Olena.');
    expect(text).toContain('Refund: $25.00, back in your credits');
    expect(text).not.toContain('ill');
    expect(invitation).toMatchObject({ method: 'CANCEL', content: expect.stringContaining('SEQUENCE:2') });
  });

  it('tells the student that it was too late for money, and nothing of money where there was none', () => {
    expect(cancel({ refunded_cents: 0 }).text).toContain('Refund: None');
    expect(cancel({ refunded_cents: 0, price_cents: 0 }).text).not.toContain('Refund');
  });

  it('tells the tutor who canceled and why, and nothing of the money', () => {
    const { text } = cancel({}, olena, 'Sam');
    expect(text).toContain('Sam has canceled your lesson.');
    expect(text).toContain('"ill"');
    expect(text).not.toContain('Refund');
  });

  it.each([
    ['the tutor', canceled.tutor_id, 'Your tutor has canceled your lesson.'],
    ['someone else', 'f0000000-0000-4000-8000-000000000000' as PersonId, 'Your lesson has been canceled.'],
  ])('tells the student when it was %s', (_who, canceled_by, sentence) => {
    expect(cancel({ canceled_by }, sam, '').text).toContain(sentence);
  });
});

describe('the mail about a lesson that nobody has canceled', () => {
  it('tells the student alone that it could not be paid for, with no refund and nothing for the calendar', () => {
    const { subject, text, invitation } = cancel({ cause: 'payment_failed', status: 'canceled', refunded_cents: 0 });
    expect(subject).toMatch(/^Canceled: lesson with Olena, /);
    expect(text).toContain(
      'Your lesson with Olena could not be paid for, and so it will not take place. You pay nothing for it,',
    );
    expect(text).not.toMatch(/you have canceled|has canceled|refund|attached|ill"/i);
    expect(invitation).toBeUndefined();
  });

  it.each([
    ['the student', sam, 'Olena'],
    ['the tutor', olena, 'Sam'],
  ])('tells %s that too few have booked it', (_who, reader, other) => {
    const { text, invitation } = cancel({ cause: 'minimum_attendance' }, reader, other);
    expect(text).toContain(`Your lesson with ${other} will not take place, since too few people have booked it. The`);
    expect(text).not.toMatch(/has canceled|have canceled|"ill"/);
    expect(text.includes('Refund: $25.00, back in your credits')).toBe(reader === sam);
    expect(invitation?.method).toBe('CANCEL');
  });

  it('blames nobody for a cause that it does not know', () => {
    expect(cancel({ cause: 'volcano' }).text).toContain('Your lesson with Olena has been canceled. The attached');
  });
});

describe('the refund in a mail', () => {
  it.each([
    ['stripe', 'refunded', 2500, '$25.00, back on your card'],
    ['stripe', 'canceled', 1250, '$12.50, on its way to your card'],
    ['credit', 'refunded', 1250, '$12.50, back in your credits'],
    ['subscription', 'refunded', 2500, 'A lesson, back in your subscription'],
    ['subscription', 'refunded', 1250, 'None: your subscription gives back whole lessons only'],
    ['seashells', 'refunded', 2500, '$25.00\n'],
  ])('of %s, %s, %i cents', (payment_method, status, refunded_cents, told) => {
    expect(cancel({ payment_method, status, refunded_cents }).text).toContain(`Refund: ${told}`);
  });
});

describe('the mail about a lesson in the way of a tutor’s plans', () => {
  const conflicted = LessonConflicted.of<LessonConflicted>(metaOf(LessonConflicted).examples[0] as LessonConflicted);
  const conflict = (other: string) => write({ kind: 'lesson_conflicted', event: conflicted }, olena, other);

  it('names the lesson, on the tutor’s clock, and changes no calendar', () => {
    const { subject, text, invitation } = conflict('Sam');
    expect(subject).toBe('Still booked: lesson with Sam, Mon, 7 Dec 2026, 16:00 (GMT+2, Europe/Kyiv)');
    expect(text).toContain('You no longer offer this time, but a lesson with Sam is booked there, and it stays.');
    expect(text).toContain('Student: Sam\n');
    expect(invitation).toBeUndefined();
  });

  it('does without the student’s name while nobody knows it', () => {
    expect(conflict('').text).toContain('but a lesson is booked there');
    expect(conflict('').text).not.toContain('Student:');
  });
});

describe('a mail', () => {
  it('escapes in HTML whatever people wrote', () => {
    const evil = `<img src=x onerror="a()">'&`;
    const { html } = cancel({ reason: `${evil} why` }, { ...olena, name: evil }, evil);
    expect(html).not.toContain('<img');
    expect(html).toContain('&lt;img src=x onerror=&#34;a()&#34;&gt;&#39;&amp; why');
  });

  it.each(['javascript:alert(1)', 'data:text/html,x', 'not a link', 'file:///etc/passwd'])(
    'has no button for %p',
    (link) => {
      const { html, text, invitation } = confirm({ join_link: link });
      expect(html).not.toContain('<a ');
      expect(text).not.toContain(link);
      expect(invitation!.content).not.toContain('LOCATION');
    },
  );

  it('keeps a long name short and a right-to-left one in its place', () => {
    expect([...nameOf('🦊'.repeat(200))]).toHaveLength(80);
    expect(nameOf('דנה')).toBe('\u2068דנה\u2069');
    expect(nameOf(' \r\n\t\u202E')).toBe('');
  });

  it('is named by what makes it unique', () => {
    expect(
      messageIdOf(
        { kind: 'booking_canceled', event: canceled },
        { recipientId: sam.id, channel: 'email' },
        'example.org',
      ),
    ).toBe(`<booking_canceled.${canceled.booking_id}.2.${sam.id}@example.org>`);
  });
});
