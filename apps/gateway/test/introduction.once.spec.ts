import { newId, type PersonId } from '@scheduling/domain';
import { until } from '@scheduling/testing';
import { scene, type Scene } from './scenario.ts';

const BOOKINGS = '/api/v1/scheduling/bookings';
const MOST_AT_ONCE = 4;

describe('an introduction to accounts', () => {
  let s: Scene;
  beforeEach(async () => {
    s = await scene();
  });
  afterEach(() => s.close());

  const heard = () => s.services.accounts.seen;

  it('is made once for a person, by their own token', async () => {
    const token = await s.issuer.token();
    await s.ask(BOOKINGS, token);
    await until('an introduction', () => heard().length === 1);
    expect(heard()[0]).toMatchObject({ method: 'GET', url: '/api/v1/accounts/me' });
    expect(heard()[0]?.headers.authorization).toBe(`Bearer ${token}`);

    const id = newId<PersonId>();
    await until('what was learned to be remembered', async () => {
      const before = heard().length;
      await s.ask(BOOKINGS, await s.issuer.token({ id }));
      await s.ask(BOOKINGS, token);
      return heard().length === before;
    });
    expect(heard().filter(({ headers }) => headers.authorization === `Bearer ${token}`)).toHaveLength(1);
  });

  it('is made for nobody without a good token', async () => {
    await s.ask(BOOKINGS, 'a.b.c');
    await s.ask('/sandbox', 'a.b.c');
    await s.ask(BOOKINGS, await s.issuer.token());
    await until('an introduction', () => heard().length > 0);
    expect(heard()).toHaveLength(1);
  });

  it('neither delays nor fails a request, and is made again after a failure', async () => {
    const token = await s.issuer.token();
    s.services.accounts.answer = (request) => request.socket.destroy();
    expect((await s.ask(BOOKINGS, token)).status).toBe(200);
    await until('a failed introduction', () => heard().length > 0);
    s.services.accounts.answer = (_request, response) => response.writeHead(500).end();
    const failed = heard().length;
    await until('another', async () => {
      expect((await s.ask(BOOKINGS, token)).status).toBe(200);
      return heard().length > failed;
    });
  });

  it('waits for nothing: a few are under way at most, and a service that hangs holds up no one', async () => {
    s.services.accounts.answer = () => {};
    const answers = await Promise.all(
      Array.from({ length: 20 }, async () => (await s.ask(BOOKINGS, await s.issuer.token())).status),
    );
    expect(new Set(answers)).toEqual(new Set([200]));
    await until('the first introductions', () => heard().length === MOST_AT_ONCE);
    expect(heard()).toHaveLength(MOST_AT_ONCE);
  });
});
