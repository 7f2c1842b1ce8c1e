import { newId, type PersonId } from '@scheduling/domain';
import { scenario, type Scenario } from './scenario.ts';

const CLAIMS = { email: 'Olena@example.org', name: 'Olena', zoneinfo: 'Europe/Kyiv', locale: 'uk' };

describe('a person at first sight', () => {
  let s: Scenario;
  beforeEach(async () => {
    s = await scenario();
  });
  afterEach(() => s.close());

  it('is made of the claims of their token, and told to everyone', async () => {
    const id = newId<PersonId>();
    const token = await s.issuer.token({ id, roles: ['tutor'], claims: CLAIMS });
    const person = {
      user_id: id,
      email: 'Olena@example.org',
      name: 'Olena',
      roles: ['tutor'],
      timezone: 'Europe/Kyiv',
      locale: 'uk',
      version: 1,
    };
    expect(await s.said(s.ask('/me', token))).toEqual({ status: 200, ...person, phone: null });
    expect(await s.announced()).toEqual([person]);
  });

  it('is made once and told once, however many requests bring them at once', async () => {
    // Connections that are open already let the requests meet in the database.
    const other = await s.issuer.token();
    await Promise.all(Array.from({ length: 20 }, () => s.ask('/tutors', other)));

    const id = newId<PersonId>();
    const token = await s.issuer.token({ id, claims: CLAIMS });
    const answers = await Promise.all(Array.from({ length: 20 }, () => s.said(s.ask('/me', token))));
    expect(answers.map(({ status, user_id, version }) => [status, user_id, version])).toEqual(
      Array.from({ length: 20 }, () => [200, id, 1]),
    );
    expect(await s.rows()).toHaveLength(1);
    expect(await s.announced()).toHaveLength(1);
  });

  it('is the same person each time where the subject is no UUID', async () => {
    const ask = async (sub: string) => s.said(s.ask('/me', await s.issuer.token({ claims: { sub } })));
    const [first, again, other] = [await ask('auth0|17'), await ask('auth0|17'), await ask('auth0|18')];
    expect(first['user_id']).toMatch(/^[\da-f]{8}-[\da-f]{4}-5/);
    expect(again).toEqual(first);
    expect(other['user_id']).not.toBe(first['user_id']);
    expect((await s.rows()).map(({ issuer, subject }) => [issuer, subject])).toEqual([
      [s.issuer.url, 'auth0|17'],
      [s.issuer.url, 'auth0|18'],
    ]);
  });

  it('stays as it is when later claims differ', async () => {
    const id = newId<PersonId>();
    await s.ask('/me', await s.issuer.token({ id, claims: CLAIMS }));
    const later = await s.issuer.token({ id, claims: { ...CLAIMS, name: 'Someone else' } });
    expect(await s.said(s.ask('/me', later))).toMatchObject({ name: 'Olena', version: 1 });
    expect(await s.announced()).toHaveLength(1);
  });

  it.each([
    [{}, { email: null, name: '', timezone: 'UTC', locale: 'en' }],
    [{ email: 'not an address' }, { email: null }],
    [{ name: 'A\r\nBcc: x' }, { name: 'A  Bcc: x' }],
    [{ name: 'x'.repeat(500) }, { name: 'x'.repeat(200) }],
    [{ zoneinfo: 'Mars/Base' }, { timezone: 'UTC' }],
    [{ zoneinfo: '+05:30' }, { timezone: 'UTC' }],
    [{ locale: 'not a tag' }, { locale: 'en' }],
    [{ roles: ['root', 'admin', 'student'] }, { roles: ['student', 'admin'] }],
    [{ roles: 'admin' }, { roles: [] }],
  ])('has only what makes sense of the claims %j', async (claims, expected) => {
    const answer = await s.said(s.ask('/me', await s.issuer.token({ claims })));
    expect(answer).toMatchObject({ status: 200, ...expected });
    expect(await s.announced()).toEqual([expect.objectContaining(expected)]);
  });

  it('goes without an address that another person has, in whatever case', async () => {
    await s.ask('/me', await s.issuer.token({ claims: CLAIMS }));
    const claims = { ...CLAIMS, email: 'OLENA@EXAMPLE.ORG' };
    expect(await s.said(s.ask('/me', await s.issuer.token({ claims })))).toMatchObject({ status: 200, email: null });
    expect((await s.announced()).map(({ email }) => email)).toEqual(['Olena@example.org', null]);
  });

  it('needs a token of the issuer', async () => {
    expect(await s.said(s.ask('/me'))).toMatchObject({ status: 401, code: 'not_signed_in' });
    expect(await s.rows()).toEqual([]);
  });
});
