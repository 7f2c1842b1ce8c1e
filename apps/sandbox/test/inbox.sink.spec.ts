import { connect } from 'node:net';
import { once } from 'node:events';
import { sandbox, type Sandbox } from './scenario.ts';

describe('the sandbox as a mail server', () => {
  let s: Sandbox;
  beforeEach(async () => {
    s = await sandbox();
  });
  afterEach(() => s.close());

  it('shows a mail that it took, as it came', async () => {
    await s.send({ to: 'Ann <ann@student.example>', subject: 'Hello', messageId: '<one@preply.example>', text: 'Hi' });
    const [mail, ...more] = await s.inbox();
    expect(more).toEqual([]);
    expect(mail).toEqual({
      n: 1,
      to: 'ann@student.example',
      subject: 'Hello',
      message_id: '<one@preply.example>',
      received_at: '2026-11-22T10:11:12.000Z',
      raw: expect.stringMatching(/^From: .*\r\nTo: Ann <ann@student\.example>\r\n[^]*\r\n\r\nHi\r\n$/),
    });
    expect(mail?.raw.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
  });

  it('keeps emoji and lines that begin with dots', async () => {
    const text = 'First\r\n.\r\n..two\r\n.three\r\nlast 🎓\r\n';
    await s.send({ to: 'ann@student.example', subject: '🎓 Lesson – Олена', text, textEncoding: 'quoted-printable' });
    const [mail] = await s.inbox();
    expect(mail?.subject).toBe('🎓 Lesson – Олена');
    expect(mail?.raw).toContain('\r\n\r\nFirst\r\n.\r\n..two\r\n.three\r\nlast =F0=9F=8E=93\r\n');
    const page = await (await s.get('/sandbox/inbox/1')).text();
    expect(page).toContain('First\n.\n..two\n.three\nlast 🎓');
  });

  it('gives each recipient of the envelope an item, hidden ones too', async () => {
    await s.send({ to: ['a@x.example', 'b@x.example'], bcc: 'c@x.example', subject: 'All' });
    expect((await s.inbox()).map(({ n, to }) => [n, to])).toEqual([
      [1, 'a@x.example'],
      [2, 'b@x.example'],
      [3, 'c@x.example'],
    ]);
  });

  it('keeps both of a message that is sent twice', async () => {
    const mail = { to: 'ann@student.example', subject: 'Again', messageId: '<again@preply.example>' };
    await s.send(mail);
    await s.send(mail);
    expect((await s.inbox()).map(({ message_id }) => message_id)).toEqual([mail.messageId, mail.messageId]);
  });

  it('takes mail from a client that signs in', async () => {
    await s.send({ to: 'ann@student.example', subject: 'Signed in' }, { user: 'resend', pass: 'any' });
    expect(await s.inbox()).toHaveLength(1);
  });

  it('refuses a mail that is too large, and keeps nothing of it', async () => {
    const large = s.send({ to: 'ann@student.example', subject: 'Large', text: 'x'.repeat(3_000_000) });
    await expect(large).rejects.toMatchObject({ responseCode: 552 });
    expect(await s.inbox()).toEqual([]);
  });

  it('goes on after a sender dies in the middle of a mail', async () => {
    const socket = connect(s.smtpPort, '127.0.0.1');
    await once(socket, 'data');
    for (const line of ['EHLO x', 'MAIL FROM:<a@x.example>', 'RCPT TO:<b@x.example>', 'DATA']) {
      socket.write(`${line}\r\n`);
      await once(socket, 'data');
    }
    socket.write('Subject: cut off\r\n\r\nand th');
    socket.resetAndDestroy();
    await s.send({ to: 'ann@student.example', subject: 'Next' });
    expect((await s.inbox()).map(({ subject }) => subject)).toEqual(['Next']);
  });

  it('lists the oldest first, of one recipient, or only the newest', async () => {
    for (const n of [1, 2, 3]) await s.send({ to: n === 2 ? 'Bo@x.example' : 'ann@x.example', subject: `Mail ${n}` });
    const subjects = async (query: string) => (await s.inbox(query)).map(({ subject }) => subject);
    expect(await subjects('')).toEqual(['Mail 1', 'Mail 2', 'Mail 3']);
    expect(await subjects('?to=ANN@x.example')).toEqual(['Mail 1', 'Mail 3']);
    expect(await subjects('?limit=2')).toEqual(['Mail 2', 'Mail 3']);
    expect(await subjects('?to=ann@x.example&limit=1')).toEqual(['Mail 3']);
    expect((await s.get('/sandbox/inbox.json?limit=0')).status).toBe(400);
  });
});
