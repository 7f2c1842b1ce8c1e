import { lesson, proposal, answer } from './booking-says.ts';
import { type Scenario, scenario } from './scenario.ts';

describe('a mail that its reader may end', () => {
  let s: Scenario;
  beforeEach(async () => {
    s = await scenario();
  });
  afterEach(() => s.end());

  it('says how by one click, in its head as in its text', async () => {
    const booked = lesson();
    const { tutor } = await s.meetBoth(booked);
    await s.answer(answer(proposal(booked)));
    await s.work(s.worker());
    const [{ to, mail, raw }] = s.smtp.arrived as [(typeof s.smtp.arrived)[number]];
    expect(to).toBe(tutor);
    const header = (key: string) => mail.headers.find((one) => one.key === key)?.value;
    const link = /^<(?<link>https:\/\/lessons\.example\/api\/v1\/scheduling\/notifications\/unsubscribe\/\S+)>$/;
    const url = link.exec(header('list-unsubscribe') ?? '')?.groups?.['link'];
    expect(url).toBeDefined();
    expect(header('list-unsubscribe-post')).toBe('List-Unsubscribe=One-Click');
    expect(mail.html).toContain(`href="${url}"`);
    expect(mail.text).toContain(`Stop mails like this: ${url}`);
    // A mail that nobody may miss has none.
    await s.confirm(booked);
    await s.work(s.worker());
    expect(s.smtp.arrived).toHaveLength(3);
    for (const { mail: other } of s.smtp.arrived.slice(1)) {
      expect(other.headers.some(({ key }) => key.startsWith('list-'))).toBe(false);
      expect(other.text).not.toContain('unsubscribe');
    }
    expect(raw).toContain('MIME-Version');
  });
});
