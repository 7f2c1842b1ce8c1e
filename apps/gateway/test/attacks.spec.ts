import { tokenAttacks } from '@scheduling/testing';
import { scene, type Scene } from './scenario.ts';

describe('the gateway turns away', () => {
  let s: Scene;
  beforeAll(async () => (s = await scene({ AUTH_AUDIENCE: 'lessons' })));
  afterAll(() => s.close());

  const good = () => s.issuer.token({ claims: { aud: 'lessons' } });
  const refusal = async (token: string) => {
    const answer = await s.ask('/api/v1/scheduling/bookings', token);
    const type = answer.headers.get('content-type')?.split(';')[0];
    return [answer.status, type, answer.headers.get('www-authenticate')];
  };
  const REFUSED = [401, 'application/problem+json', 'Bearer'];

  it('every token that is forged from a good one, which it takes', async () => {
    const token = await good();
    expect((await s.ask('/api/v1/scheduling/bookings', token)).status).toBe(200);
    const attacks = tokenAttacks({ issuer: s.issuer.url, jwk: s.issuer.jwk, good: token });
    expect(attacks.length).toBeGreaterThan(30);
    for (const [what, forged] of attacks) {
      // A header of this size is refused before anything reads the token.
      if (forged.length > 16_000)
        expect([what, (await s.ask('/api/v1/scheduling/bookings', forged)).status]).toEqual([what, 431]);
      else expect([what, ...(await refusal(forged))]).toEqual([what, ...REFUSED]);
    }
  });

  const now = () => Math.floor(Date.now() / 1000);
  it.each([
    ['has expired', () => ({ aud: 'lessons', exp: now() - 60 })],
    ['is not good yet', () => ({ aud: 'lessons', nbf: now() + 60 })],
    ['is for another audience', () => ({ aud: 'others' })],
    ['is for nobody', () => ({})],
    ['is of another issuer', () => ({ aud: 'lessons', iss: 'https://other.example' })],
  ])('a token, rightly signed, that %s', async (_what, claims) => {
    expect(await refusal(await s.issuer.token({ claims: claims() }))).toEqual(REFUSED);
  });

  it('nobody whose clock is off by some seconds', async () => {
    for (const claims of [{ exp: now() - 10 }, { nbf: now() + 10 }]) {
      const token = await s.issuer.token({ claims: { aud: 'lessons', exp: now() + 60, ...claims } });
      expect((await s.ask('/api/v1/scheduling/bookings', token)).status).toBe(200);
    }
  });
});
