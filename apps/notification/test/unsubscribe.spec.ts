import { request } from 'node:http';
import type { PersonId } from '@scheduling/domain';
import type { Kind } from '../src/messages/kinds.ts';
import { UnsubscribeLinks } from '../src/preferences/unsubscribe-links.ts';
import { type Scenario, scenario } from './preferences.scenario.ts';

const SECRET = 'a secret of thirty-two characters'.replaceAll(' ', '-');

describe('the link in a mail', () => {
  let s: Scenario;
  let who: PersonId;
  beforeAll(async () => {
    s = await scenario({ UNSUBSCRIBE_SECRET: SECRET });
  });
  afterAll(() => s.end());
  beforeEach(async () => {
    who = s.person();
    await s.meet(who, { locale: 'en-GB' });
  });

  const links = () => s.get(UnsubscribeLinks);
  const linkFor = (kind: Kind) => new URL(links().linkFor({ userId: who, kind })!);
  const pathFor = (kind: Kind) => s.url + linkFor(kind).pathname;
  const comes = async (kind: Kind): Promise<boolean> => (await s.said(s.ask('/preferences', who)))['kinds'][kind].email;
  const post = (url: string, body?: URLSearchParams | FormData) =>
    fetch(url, { method: 'POST', ...(body && { body }) });

  it('is one that mail programs can follow by one click, and tells no address', () => {
    const headers = links().headersFor({ userId: who, kind: 'lesson_tomorrow' });
    expect(headers['List-Unsubscribe-Post']).toBe('List-Unsubscribe=One-Click');
    expect(headers['List-Unsubscribe']).toBe(`<${linkFor('lesson_tomorrow').href}>`);
    expect(headers['List-Unsubscribe']).toMatch(
      /^<https:\/\/lessons\.example\.org\/api\/v1\/scheduling\/notifications\/unsubscribe\/[\w.-]+>$/,
    );
  });

  it('is not there where nobody may miss what comes, or where no secret is set', () => {
    expect(links().headersFor({ userId: who, kind: 'booking_canceled' })).toEqual({});
    expect(new UnsubscribeLinks('https://a.example', undefined).headersFor({ userId: who, kind: 'digest' })).toEqual(
      {},
    );
  });

  it.each([
    ['as a form of a mail program', () => new URLSearchParams({ 'List-Unsubscribe': 'One-Click' })],
    [
      'as a form in parts',
      () => {
        const form = new FormData();
        form.set('List-Unsubscribe', 'One-Click');
        return form;
      },
    ],
    ['as a form without a field', () => new URLSearchParams()],
    ['without a body', () => undefined],
  ])('ends mail of its kind without signing in, as often as it is asked to: %s', async (_how, body) => {
    expect(await comes('lesson_tomorrow')).toBe(true);
    for (const _ of [1, 2]) {
      const answer = await post(pathFor('lesson_tomorrow'), body());
      expect(answer.status).toBe(200);
      expect(await answer.text()).toContain(
        'You will get no more e-mail of this kind: reminders a day before a lesson.',
      );
    }
    expect(await comes('lesson_tomorrow')).toBe(false);
    expect(await comes('lesson_soon')).toBe(true);
    expect(await s.said(s.ask('/preferences', who))).toMatchObject({ version: 1 });
  });

  it('changes nothing by being looked at, as programs that look for harm do', async () => {
    const page = await fetch(pathFor('booking_completed'));
    expect(page.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(page.headers.get('content-security-policy')).toMatch(/^default-src 'none'; .*form-action 'self'/);
    const html = await page.text();
    expect(html).toContain('<html lang="en">');
    expect(html).toContain('<form method="post" action="?">');
    expect(html).toContain('You get e-mail of this kind: lessons that are over.');
    expect(await comes('booking_completed')).toBe(true);
  });

  it('can be taken back', async () => {
    await post(pathFor('booking_completed'));
    expect(await (await fetch(pathFor('booking_completed'))).text()).toContain('action="?undo=true"');
    const undone = await post(`${pathFor('booking_completed')}?undo=true`);
    expect(await undone.text()).toContain('You will get e-mail of this kind again');
    expect(await comes('booking_completed')).toBe(true);
    expect(await s.source.query('select from notification_choices where user_id = $1', [who])).toEqual([]);
  });

  it('ends what somebody had asked for', async () => {
    await s.ask('/preferences', who, { method: 'PUT', body: { kinds: { daily_agenda: { email: true } } } });
    await post(pathFor('daily_agenda'));
    expect(await comes('daily_agenda')).toBe(false);
  });

  it('speaks the language of who got it', async () => {
    for (const [locale, said] of [
      ['uk', 'Ви отримуєте такі листи: щоденний дайджест.'],
      ['es-MX', 'Recibes correos de este tipo: el resumen diario.'],
      ['de', 'Sie erhalten E-Mails dieser Art: die tägliche Zusammenfassung.'],
      ['tlh', 'You get e-mail of this kind: the daily digest.'],
    ] as const) {
      who = s.person();
      await s.meet(who, { locale });
      expect(await (await fetch(pathFor('digest'))).text()).toContain(said);
    }
  });

  it.each([
    ['another person', (token: string) => token.replace(/^./, (first) => (first === 'A' ? 'B' : 'A'))],
    ['another seal', (token: string) => `${token.slice(0, -2)}${token.endsWith('AA') ? 'BB' : 'AA'}`],
    ['no seal', (token: string) => token.split('.')[0]!],
    ['nothing of ours', () => 'x'],
    [
      'another secret',
      () =>
        new UnsubscribeLinks('https://a.example', 'b'.repeat(32))
          .linkFor({ userId: who, kind: 'digest' })!
          .split('/')
          .at(-1)!,
    ],
  ])('does nothing with %s in it', async (_what, spoiled) => {
    const token = spoiled(linkFor('lesson_soon').pathname.split('/').at(-1)!);
    for (const method of ['GET', 'POST']) {
      const answer = await s.said(s.ask(`/unsubscribe/${token}`, undefined, { method }));
      expect(answer).toMatchObject({ status: 404, code: 'unsubscribe_link_unknown' });
    }
    expect(await comes('lesson_soon')).toBe(true);
  });

  it('does as much for two clicks at once as for one', async () => {
    const answers = await Promise.all([1, 2, 3, 4].map(() => post(pathFor('lesson_soon'), new URLSearchParams('a=b'))));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
    expect(await comes('lesson_soon')).toBe(false);
  });

  it('lets go of a form that comes in pieces, and goes on', async () => {
    const answered = await new Promise<number>((resolve, reject) => {
      const asking = request(pathFor('lesson_soon'), {
        method: 'POST',
        headers: { 'content-type': 'application/x-www-form-urlencoded', 'transfer-encoding': 'chunked' },
      });
      asking
        .on('response', (answer) => answer.resume().on('end', () => resolve(answer.statusCode!)))
        .on('error', reject);
      asking.write('List-Unsubscribe=');
      asking.end('One-Click');
    });
    expect(answered).toBe(200);
    expect(await comes('lesson_soon')).toBe(false);
  });
});
