import { InboxService, MOST_OCTETS } from '../src/inbox/inbox.service.ts';
import { MOST_MAILS } from '../src/inbox/most-mails.ts';

const mail = (subject: string, raw = Buffer.from('x')) => ({
  to: 'ann@x.example',
  subject,
  messageId: '',
  calendarMethod: '',
  receivedAt: new Date('2026-11-22T10:11:12Z'),
  raw,
});

describe('the inbox', () => {
  it('lets the oldest mails go when there are too many', () => {
    const inbox = new InboxService();
    for (let n = 1; n <= MOST_MAILS + 5; n++) inbox.keep(mail(`Mail ${n}`));
    const kept = inbox.list(MOST_MAILS * 2);
    expect([kept.length, kept[0]?.subject, kept.at(-1)?.n]).toEqual([MOST_MAILS, 'Mail 6', MOST_MAILS + 5]);
  });

  it('lets the oldest mails go when they are too large together', () => {
    const inbox = new InboxService();
    const quarter = Buffer.alloc(MOST_OCTETS / 4);
    for (const n of [1, 2, 3, 4, 5, 6]) inbox.keep(mail(`Mail ${n}`, quarter));
    expect(inbox.list(10).map(({ subject }) => subject)).toEqual(['Mail 3', 'Mail 4', 'Mail 5', 'Mail 6']);
  });
});
