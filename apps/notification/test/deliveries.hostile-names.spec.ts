import { lesson } from './booking-says.ts';
import { type Scenario, scenario } from './scenario.ts';

describe('a person’s name', () => {
  let s: Scenario;
  beforeAll(async () => {
    s = await scenario();
  });
  afterAll(() => s.end());

  it.each([
    ['ends the header’s line', 'Eve\r\nBcc: victim@example.org\r\n\r\n<b>x', 'Eve Bcc: victim@example.org <b>x'],
    [
      'looks like several addresses',
      'Eve, victim@example.org <v@example.org>',
      'Eve, victim@example.org <v@example.org>',
    ],
    ['has an emoji and quotes', 'Zoë "🦊" O’Neil', 'Zoë "🦊" O’Neil'],
    ['is written from the right', 'דנה', 'דנה'],
    ['turns the direction of what follows', 'Eve\u202Egnp.exe', 'Eve gnp.exe'],
    ['has half an emoji', 'Eve\uD83D', 'Eve\uFFFD'],
  ])('that %s does no harm', async (_what, name, shown) => {
    const booked = lesson();
    const to = await s.meet(booked.student_id, { name });
    await s.meet(booked.tutor_id, { name });
    await s.confirm(booked);
    await s.work(s.worker());
    const { mail, raw, recipients } = s.smtp.arrived.find((one) => one.to === to)!;
    expect(recipients).toBe(1);
    expect(mail.to).toEqual([{ name: shown, address: to }]);
    expect(raw).not.toMatch(/^bcc:/im);
    expect(mail.subject?.replaceAll(/[\u2068\u2069]/g, '')).toContain(`Your lesson with ${shown} is booked`);
    expect(mail.html).not.toContain('<b>');
  });
});
