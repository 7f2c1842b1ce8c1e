import { newId, type PersonId, type Role } from '@scheduling/domain';
import { scenario, type Scenario } from './scenario.ts';

describe('the list of tutors', () => {
  let s: Scenario;
  beforeAll(async () => {
    s = await scenario();
  });
  afterAll(() => s.close());

  const meet = async (name: string, roles: Role[]) => {
    const id = newId<PersonId>();
    await s.ask(
      '/me',
      await s.issuer.token({ id, roles, claims: { name, zoneinfo: 'Europe/Kyiv', email: `${id}@x.io` } }),
    );
    return id;
  };

  it('shows each tutor once, page by page, and nothing private', async () => {
    const tutors = [await meet('A', ['tutor']), await meet('B', ['student', 'tutor']), await meet('C', ['tutor'])];
    const student = await s.issuer.token({ id: await meet('D', ['student']) });

    const seen: unknown[] = [];
    let cursor: unknown = null;
    do {
      const page = await s.said(s.ask(`/tutors?limit=2${cursor === null ? '' : `&cursor=${String(cursor)}`}`, student));
      expect(page.status).toBe(200);
      seen.push(...(page['items'] as unknown[]));
      cursor = page['next_cursor'];
    } while (cursor !== null);
    expect(seen).toHaveLength(3);
    expect(seen).toEqual(
      tutors
        .toSorted()
        .map((user_id) => ({ user_id, name: expect.stringMatching(/^[ABC]$/), timezone: 'Europe/Kyiv' })),
    );
  });

  it.each(['limit=0', 'limit=101', 'limit=x', 'cursor=x', 'sort=name'])('refuses %s', async (query) => {
    expect(await s.said(s.ask(`/tutors?${query}`, await s.issuer.token()))).toMatchObject({ status: 400 });
  });

  it('is for whoever is signed in', async () => {
    expect((await s.ask('/tutors')).status).toBe(401);
  });
});
