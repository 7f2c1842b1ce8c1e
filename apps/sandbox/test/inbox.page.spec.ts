import { sandbox, type Sandbox } from './scenario.ts';

const EVIL = `<script>alert("1")</script>'"><img src=x onerror=alert(1)> & more`;

describe('the inbox page', () => {
  let s: Sandbox;
  beforeEach(async () => {
    s = await sandbox();
  });
  afterEach(() => s.close());

  const page = async (path: string) => (await s.get(path)).text();

  it.each(['/sandbox', '/sandbox/inbox'])('lists the newest mail first at %s', async (path) => {
    expect(await page(path)).toContain('No mail yet.');
    await s.send({ to: 'ann@x.example', subject: 'First' });
    await s.send({ to: 'bo@x.example', subject: 'Second' });
    const shown = await page(path);
    expect(shown.indexOf('Second')).toBeGreaterThan(0);
    expect(shown.indexOf('First')).toBeGreaterThan(shown.indexOf('Second'));
    expect(shown).toContain('href="/sandbox/inbox/1"');
    expect(await page(`${path}?to=ann@x.example`)).not.toContain('Second');
  });

  it('escapes what a stranger wrote', async () => {
    await s.send({ to: "b&b'@x.example", subject: EVIL, text: EVIL, headers: { 'X-Evil': EVIL } });
    const escaped =
      '&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt;&#39;&quot;&gt;&lt;img src=x onerror=alert(1)&gt; &amp; more';
    for (const path of ['/sandbox', '/sandbox/inbox/1', `/sandbox?to=${encodeURIComponent(EVIL)}`]) {
      const shown = await page(path);
      expect(shown).toContain(escaped);
      expect(shown).not.toMatch(/<script|<img/);
    }
    expect(await page('/sandbox')).toContain('b&amp;b&#39;@x.example');
  });

  it('shows the HTML of a mail in a frame that may run nothing', async () => {
    await s.send({ to: 'ann@x.example', subject: 'Page', html: `<p style="color:red">Hi</p>"></iframe>${EVIL}` });
    const shown = await page('/sandbox/inbox/1');
    expect(shown).toContain('&lt;p style=&quot;color:red&quot;&gt;Hi&lt;/p&gt;&quot;&gt;&lt;/iframe&gt;&lt;script&gt;');
    expect(shown).not.toMatch(/<script|<img/);
    expect(/<iframe[^>]* sandbox="([^"]*)"/.exec(shown)?.[1]).not.toMatch(/scripts|same-origin|forms|top-navigation/);
  });

  it('shows the text and the calendar part of an invitation', async () => {
    const content = 'BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nSUMMARY:🎓 <b>\r\nEND:VCALENDAR\r\n';
    const icalEvent = { method: 'REQUEST', filename: 'lesson.ics', content };
    await s.send({ to: 'ann@x.example', subject: 'Lesson', text: 'See you', html: '<p>See you</p>', icalEvent });
    const shown = await page('/sandbox/inbox/1');
    expect(shown).toContain('<pre>See you');
    expect(shown).toMatch(/<pre>BEGIN:VCALENDAR\r?\nMETHOD:REQUEST\r?\nSUMMARY:🎓 &lt;b&gt;/);
    expect(await page('/sandbox')).toContain('>Invitation<');
  });

  it.each(['/sandbox', '/sandbox/inbox/1'])('lets the browser load and run nothing at %s', async (path) => {
    await s.send({ to: 'ann@x.example', subject: 'Policy' });
    const { headers } = await s.get(path);
    expect(headers.get('content-type')).toBe('text/html; charset=utf-8');
    const policy = headers.get('content-security-policy') ?? '';
    expect(policy).toMatch(/^default-src 'none';/);
    expect(policy).not.toMatch(/script-src|https?:|\*/);
  });

  it('says so when there is no such mail', async () => {
    const answer = await s.get('/sandbox/inbox/7');
    expect(answer.status).toBe(404);
    expect(answer.headers.get('content-type')).toContain('application/problem+json');
    expect(await answer.json()).toMatchObject({ code: 'mail_not_kept', n: 7 });
    expect((await s.get('/sandbox/inbox/first')).status).toBe(400);
  });
});
