import { newId } from '@scheduling/domain';
import { until } from '@scheduling/testing';
import { scene, type Scene } from './scenario.ts';

const TUTORS = '/api/v1/accounts/tutors';

describe('profiles', () => {
  let s: Scene;
  let token: string;
  let name: string;
  beforeAll(async () => {
    s = await scene();
    token = await s.issuer.token();
    s.services.accounts.answer = (_request, response) =>
      response
        .setHeader('content-type', 'application/json')
        .end(JSON.stringify({ items: [{ name }], next_cursor: null }));
  });
  beforeEach(() => (name = 'Olena'));
  afterAll(() => s.close());

  const asked = () => s.services.accounts.seen.filter(({ url }) => url.startsWith(TUTORS)).length;
  const listed = async () => JSON.stringify(await (await s.ask(TUTORS, token)).json());
  const changed = () => s.log.state('scheduling.accounts.UserChanged.v1', newId(), {});

  it('are kept until somebody changes', async () => {
    const before = asked();
    for (let n = 0; n < 30; n += 1) await listed();
    // The log begins to be watched meanwhile, which drops what is kept.
    expect(asked() - before).toBeLessThan(5);
    name = 'Olena M.';
    await changed();
    await until('the change to be seen', async () => (await listed()).includes('Olena M.'));
  });

  it('have a tag by which they need not be sent again', async () => {
    const first = await s.ask(`${TUTORS}?limit=7`, token);
    const etag = first.headers.get('etag')!;
    const again = await s.ask(`${TUTORS}?limit=7`, token, { headers: { 'if-none-match': etag } });
    expect([again.status, again.headers.get('etag'), await again.text()]).toEqual([304, etag, '']);
    expect(first.headers.get('cache-control')).toBe('private, no-cache');
  });

  it('are shown to nobody without a token, though they are kept', async () => {
    await listed();
    expect((await s.ask(TUTORS)).status).toBe(401);
  });
});
