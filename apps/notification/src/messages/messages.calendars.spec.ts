import {
  BookingCanceled,
  BookingRescheduled,
  CalendarSyncFailed,
  LessonLinkReady,
  metaOf,
  ProposalAnswered,
  ProposalMade,
} from '@scheduling/contracts';
import { confirmed, olena, sam, unfolded, write } from '../../test/letters.ts';

const linked = LessonLinkReady.of<LessonLinkReady>(metaOf(LessonLinkReady).examples[0] as LessonLinkReady);
const made = ProposalMade.of<ProposalMade>(metaOf(ProposalMade).examples[0] as ProposalMade);
const answered = ProposalAnswered.of<ProposalAnswered>(metaOf(ProposalAnswered).examples[0] as ProposalAnswered);
const failed = CalendarSyncFailed.of<CalendarSyncFailed>(metaOf(CalendarSyncFailed).examples[0] as CalendarSyncFailed);

const link = (more: Partial<LessonLinkReady>, reader = sam, other = 'Olena') =>
  write({ kind: 'lesson_link_ready', event: LessonLinkReady.of({ ...linked, ...more }) }, reader, other);
const propose = (more: Partial<ProposalMade>, reader = sam, other = 'Olena') =>
  write({ kind: 'proposal_made', event: ProposalMade.of({ ...made, ...more }) }, reader, other);
const answer = (more: Partial<ProposalAnswered>, reader = olena, other = 'Sam') =>
  write({ kind: 'proposal_answered', event: ProposalAnswered.of({ ...answered, ...more }) }, reader, other);

const MONDAY = 'Mon, 7 Dec 2026, 16:00 (GMT+2, Europe/Kyiv)';
const TUESDAY = 'Tue, 8 Dec 2026, 16:00 (GMT+2, Europe/Kyiv)';
const CANCEL = { kind: 'cancel', new_slot_id: null, new_start_at: null, new_end_at: null };

describe('the mail about a better link', () => {
  it('has it as a button and in the calendar, where it changes the same lesson', () => {
    const { subject, text, invitation } = link({});
    expect(subject).toBe('New link: lesson with Olena, Mon, Dec 7, 2026, 09:00 (GMT-5, America/New_York)');
    expect(text).toBe(`Hello Sam,

Your lesson with Olena takes place behind another link than before; its time stays. The attached invitation brings the link into your calendar.

When:   Mon, Dec 7, 2026, 09:00 (GMT-5, America/New_York)
Length: 60 minutes
Tutor:  Olena

Join the lesson:
https://meet.google.com/abc-defg-hij

-- 
Times are in your own time zone. Booking 9c1b7f0a-2f64-4d9c-9d3b-1f7f5a3e4b04.
`);
    const ics = unfolded(invitation!.content);
    const first = unfolded(write({ kind: 'booking_confirmed', event: confirmed }, sam, 'Olena').invitation!.content);
    expect(ics).toContain(/UID:.*/.exec(first)![0]);
    for (const line of ['METHOD:REQUEST', 'SEQUENCE:2', 'LOCATION:https://meet.google.com/abc-defg-hij'])
      expect(ics).toContain(`${line}\r\n`);
  });

  it.each(['javascript:alert(1)', 'data:text/html,x', 'not a link'])('has no button for %p', (join_link) => {
    const { html, text, invitation } = link({ join_link });
    expect(html).not.toContain('<a ');
    expect(text).not.toContain(join_link);
    expect(invitation!.content).not.toContain('LOCATION');
  });
});

describe('the mail about a proposal', () => {
  it('says what is proposed, until when it can be answered, and that nothing has changed', () => {
    const { subject, text, invitation } = propose({});
    expect(subject).toBe('Proposed: move lesson with Olena to Tue, Dec 8, 2026, 09:00 (GMT-5, America/New_York)');
    expect(text).toBe(`Hello Sam,

Olena would like to move your lesson. Nothing has changed yet: accept or refuse this among your bookings. Without an answer the lesson stays as it is.

When:      Mon, Dec 7, 2026, 09:00 (GMT-5, America/New_York)
Proposed:  Tue, Dec 8, 2026, 09:00 (GMT-5, America/New_York)
Length:    60 minutes
Tutor:     Olena
Answer by: Mon, Dec 7, 2026, 09:00 (GMT-5, America/New_York)

-- 
Times are in your own time zone. Booking 9c1b7f0a-2f64-4d9c-9d3b-1f7f5a3e4b04.
`);
    expect(invitation).toBeUndefined();
  });

  it('proposes a cancellation, and does without a name that nobody knows', () => {
    const { subject, text } = propose({ ...CANCEL, proposed_by: sam.id }, olena, '');
    expect(subject).toBe('Proposed: cancel your lesson, Mon, 7 Dec 2026, 16:00 (GMT+2, Europe/Kyiv)');
    expect(text).toContain('Your student would like to cancel your lesson.');
    expect(text).not.toContain('Proposed:');
  });
});

describe('the mail about what became of a proposal', () => {
  it.each([
    [
      'accepted',
      {},
      `Accepted: move lesson with Sam to ${TUESDAY}`,
      'Sam has agreed to move your lesson. Another mail',
    ],
    [
      'accepted',
      CANCEL,
      `Accepted: cancel lesson with Sam, ${MONDAY}`,
      'Sam has agreed to cancel your lesson. Another',
    ],
    [
      'refused',
      {},
      `Refused: move lesson with Sam to ${TUESDAY}`,
      'Sam does not want to move your lesson. The lesson stays',
    ],
    ['refused', CANCEL, `Refused: cancel lesson with Sam, ${MONDAY}`, 'Sam does not want to cancel your lesson.'],
    [
      'impossible',
      {},
      `Not possible: move lesson with Sam to ${TUESDAY}`,
      'there is no free time for it where you put it',
    ],
  ])('says that it is %s, %j', (outcome, more, subject, lead) => {
    const mail = answer({ ...more, outcome });
    expect(mail.subject).toBe(subject);
    expect(mail.text).toContain(lead);
    expect(mail.invitation).toBeUndefined();
  });

  it('tells of what was accepted as it is since, and else of both times', () => {
    const since = { start_at: answered.new_start_at!, end_at: answered.new_end_at! };
    expect(answer({ ...since, outcome: 'accepted' }).text).toContain(`\n\nNow:     ${TUESDAY}\nLength:`);
    expect(answer({ ...CANCEL, outcome: 'accepted' }).text).toContain(`\n\nWas:     ${MONDAY}\nLength:`);
    expect(answer({}).text).toContain(`\n\nWhen:     ${MONDAY}\nProposed: ${TUESDAY}\nLength:`);
  });

  it('does without a name that nobody knows', () => {
    expect(answer({}, olena, '').text).toContain('Your student does not want to move your lesson.');
    expect(answer({ proposed_by: sam.id }, sam, '').text).toContain('Your tutor does not want to move your lesson.');
  });
});

describe('the mail about a calendar that shuts us out', () => {
  it('asks to connect it again, and says what does not work until then', () => {
    const { subject, text, html, invitation } = write({ kind: 'calendar_reconnect', event: failed }, sam, '');
    expect(subject).toBe('Your calendar is no longer connected: please connect it again');
    expect(text).toContain('Connect it again in the calendar settings of your account');
    expect(text).toContain('Last read: Mon, Dec 7, 2026, 08:30 (GMT-5, America/New_York)\n\n-- \n');
    expect(text).not.toMatch(/undefined|null|Booking/);
    expect(html).not.toContain('<a ');
    expect(invitation).toBeUndefined();
  });
});

describe('a mail to somebody whose calendar is connected', () => {
  const connected = { ...sam, isCalendarConnected: true };
  const booked = { ...confirmed, version: 2 };
  it.each([
    ['booked', { kind: 'booking_confirmed', event: confirmed }, 'Your connected calendar will show it.'],
    [
      'moved',
      {
        kind: 'booking_rescheduled',
        event: BookingRescheduled.of<BookingRescheduled>(metaOf(BookingRescheduled).examples[0] as BookingRescheduled),
      },
      'Your connected calendar will show it there.',
    ],
    [
      'canceled',
      {
        kind: 'booking_canceled',
        event: BookingCanceled.of({ ...booked, status: 'canceled', canceled_by: olena.id, reason: null }),
      },
      'It leaves your connected calendar by itself.',
    ],
  ] as const)('about a lesson that is %s brings no file, and says so', (_, news, said) => {
    const { text, invitation } = write(news, connected, 'Olena');
    expect(text).toContain(said);
    expect(text).not.toContain('attached');
    expect(invitation).toBeUndefined();
  });
});

describe('a new mail', () => {
  const evil = `<img src=x onerror="a()">'&`;
  it.each([
    ['a link', () => link({}, { ...sam, name: evil }, evil)],
    ['a proposal', () => propose({}, { ...sam, name: evil }, evil)],
    ['an answer', () => answer({}, { ...olena, name: evil }, evil)],
    ['a calendar', () => write({ kind: 'calendar_reconnect', event: failed }, { ...sam, name: evil }, '')],
  ])('about %s escapes in HTML whatever people wrote', (_, letter) => {
    const { html, subject } = letter();
    expect(html).not.toContain('<img');
    expect(html).toContain('&lt;img src=x onerror=&#34;a()&#34;&gt;&#39;&amp;');
    expect(subject).not.toMatch(/[\r\n]/);
  });
});
