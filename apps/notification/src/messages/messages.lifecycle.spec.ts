import { BookingRefunded, BookingRescheduled, metaOf, PaymentFailed, WaitlistOffered } from '@scheduling/contracts';
import { confirmed, olena, sam, unfolded, write } from '../../test/letters.ts';
import { messageIdOf } from './message.ts';

const moved = BookingRescheduled.of<BookingRescheduled>(metaOf(BookingRescheduled).examples[0] as BookingRescheduled);
const refunded = BookingRefunded.of<BookingRefunded>(metaOf(BookingRefunded).examples[0] as BookingRefunded);
const unpaid = PaymentFailed.of<PaymentFailed>(metaOf(PaymentFailed).examples[0] as PaymentFailed);
const offered = WaitlistOffered.of<WaitlistOffered>({
  ...(metaOf(WaitlistOffered).examples[0] as WaitlistOffered),
  expires_at: '2026-11-22T10:15:00.000Z',
});

const move = (more: Partial<BookingRescheduled>, reader = sam, other = 'Olena') =>
  write({ kind: 'booking_rescheduled', event: BookingRescheduled.of({ ...moved, ...more }) }, reader, other);
const refund = (more: Partial<BookingRefunded>, other = 'Olena') =>
  write({ kind: 'booking_refunded', event: BookingRefunded.of({ ...refunded, ...more }) }, sam, other);
const fail = (more: Partial<PaymentFailed>, other = 'Olena') =>
  write({ kind: 'payment_failed', event: PaymentFailed.of({ ...unpaid, ...more }) }, sam, other);
const offer = (more: Partial<WaitlistOffered>, other = 'Olena') =>
  write({ kind: 'waitlist_offered', event: WaitlistOffered.of({ ...offered, ...more }) }, sam, other);

describe('the mail about a lesson that was moved', () => {
  it('tells who moved it themselves when it is now and was, on their own clock', () => {
    const { subject, text } = move({});
    expect(subject).toBe('Moved: lesson with Olena, now Mon, Dec 7, 2026, 09:00 (GMT-5, America/New_York)');
    expect(text).toBe(`Hello Sam,

You have moved your lesson with Olena. The attached invitation moves it in your calendar.

When:   Mon, Dec 7, 2026, 09:00 (GMT-5, America/New_York)
Was:    Sat, Dec 5, 2026, 09:00 (GMT-5, America/New_York)
Length: 60 minutes
Tutor:  Olena
Price:  $25.00

Join the lesson:
https://meet.example.org/9c1b7f0a

-- 
Times are in your own time zone. Booking 9c1b7f0a-2f64-4d9c-9d3b-1f7f5a3e4b04.
`);
  });

  it('tells the tutor who moved it, and why', () => {
    const { text } = move({}, olena, 'Sam');
    expect(text).toContain('Sam has moved your lesson. The attached invitation moves it in your calendar.\n\n"a trip"');
    expect(text).toContain('When:    Mon, 7 Dec 2026, 16:00 (GMT+2, Europe/Kyiv)');
    expect(text).toContain('Student: Sam');
    expect(text).not.toContain('free of charge');
  });

  it('tells the student that a lesson which the tutor moved can be canceled free of charge, and nobody else', () => {
    const free = 'you can cancel free of charge until it starts.';
    expect(move({ rescheduled_by: olena.id }).text).toContain(`Olena has moved your lesson. The attached`);
    expect(move({ rescheduled_by: olena.id }).text).toContain(free);
    expect(move({ rescheduled_by: olena.id }, olena, 'Sam').text).not.toContain(free);
    expect(move({}).text).not.toContain(free);
  });

  it('does without the other one’s name while nobody knows it', () => {
    expect(move({}, sam, '').subject).toMatch(/^Moved: your lesson, now /);
    expect(move({ rescheduled_by: olena.id }, sam, '').text).toContain('Your tutor has moved your lesson.');
    expect(move({}, olena, '').text).toContain('Your student has moved your lesson.');
  });

  it('moves the lesson in the reader’s calendar: the same event, at its new time, later in its sequence', () => {
    const { invitation } = move({ version: 7 });
    const ics = unfolded(invitation!.content);
    expect(invitation!.method).toBe('REQUEST');
    const first = unfolded(write({ kind: 'booking_confirmed', event: confirmed }, sam, 'Olena').invitation!.content);
    expect(ics).toContain(/UID:.*/.exec(first)![0]);
    for (const line of ['METHOD:REQUEST', 'SEQUENCE:7', 'DTSTART:20261207T140000Z', 'DTEND:20261207T150000Z']) {
      expect(ics).toContain(`${line}\r\n`);
    }
    expect(ics).not.toContain('20261205');
  });
});

describe('the mail about a refund', () => {
  it('says that it is there, how much, and what for', () => {
    const { subject, text, invitation } = refund({});
    expect(subject).toBe(
      'Refunded: $25.00 for your lesson with Olena, Mon, Dec 7, 2026, 09:00 (GMT-5, America/New_York)',
    );
    expect(text).toContain('has been returned. Your bank may take some days to show it.');
    expect(text).toContain('Refund: $25.00, back on your card\nLesson: Mon, Dec 7, 2026, 09:00');
    expect(invitation).toBeUndefined();
  });

  it('speaks of a bank only where there is one, and of a tutor only who has a name', () => {
    expect(refund({ payment_method: 'credit' }).text).not.toContain('bank');
    expect(refund({}, '').text).not.toContain('Tutor');
  });

  it('names what came back, and not the price', () => {
    expect(refund({ refunded_cents: 1250 }).text).toContain('$12.50, back on your card');
    expect(refund({ refunded_cents: 1250 }).text).not.toContain('$25');
  });
});

describe('the mail about a payment that failed', () => {
  it('says why, and that the time is still kept', () => {
    const { subject, text, invitation } = fail({});
    expect(subject).toBe('Payment failed: lesson with Olena, Mon, Dec 7, 2026, 09:00 (GMT-5, America/New_York)');
    expect(text).toContain('The time stays yours for now, and we try again; if it goes on failing, the lesson is');
    expect(text).toContain('Why:    The card was declined\nWhen:   Mon');
    expect(text).toContain('Price:  $25.00');
    expect(invitation).toBeUndefined();
  });

  it('gives no reason for a code that it does not know', () => {
    expect(fail({ code: 'do_not_honor' }).text).not.toContain('Why');
    expect(fail({ code: 'do_not_honor' }).text).not.toContain('honor');
  });
});

describe('the mail about an offer', () => {
  it('says how long it stands and when the lesson is, on the reader’s clock, without any link', () => {
    const { subject, text, html, invitation } = offer({});
    expect(subject).toBe(
      'A seat is yours for 15 minutes: lesson with Olena, Mon, Dec 7, 2026, 09:00 (GMT-5, America/New_York)',
    );
    expect(text).toBe(`Hello Sam,

The lesson with Olena that you waited for has a free seat. It is kept for you alone for 15 minutes: book it before then, or it goes to the next in line.

When:        Mon, Dec 7, 2026, 09:00 (GMT-5, America/New_York)
Length:      60 minutes
Tutor:       Olena
Yours until: Sun, Nov 22, 2026, 05:15 (GMT-5, America/New_York)

-- 
Times are in your own time zone. Waitlist 7a8d2c7e-64b5-4a8d-8f57-9a2f0b6c4e06.
`);
    expect(html).not.toContain('<a');
    expect(invitation).toBeUndefined();
  });

  it('says how long is left of one that was heard of late', () => {
    expect(offer({ expires_at: '2026-11-22T10:07:20.000Z' }).text).toContain('for you alone for 7 minutes');
    expect(offer({ expires_at: '2026-11-22T10:01:10.000Z' }).subject).toContain('yours for 1 minute:');
  });

  it('is named by the hold, which is the booking’s id, before any version of it', () => {
    expect(
      messageIdOf(
        { kind: 'waitlist_offered', event: offered },
        { recipientId: sam.id, channel: 'email' },
        'example.org',
      ),
    ).toBe(`<waitlist_offered.${offered.hold_id}.0.${sam.id}@example.org>`);
  });
});
