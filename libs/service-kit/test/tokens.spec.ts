import { type TestIssuer, testIssuer } from '@scheduling/testing';
import { GuardedConfig, readConfig, Tokens } from '../src/index.ts';

describe('a token that was good', () => {
  let issuer: TestIssuer;
  let tokens: Tokens;
  beforeAll(async () => {
    issuer = await testIssuer();
    tokens = new Tokens(readConfig(GuardedConfig, { AUTH_ISSUER: issuer.url }));
  });
  afterAll(() => issuer.close());
  afterEach(() => jest.useRealTimers());

  const endingIn = (seconds: number) =>
    issuer.token({ claims: { exp: Math.floor(Date.now() / 1000) + seconds, nonce: Math.random() } });
  /** Only what tells the time stands still; the network goes on. */
  const stopTheClock = () =>
    jest.useFakeTimers({ doNotFake: ['nextTick', 'setImmediate', 'setTimeout', 'setInterval', 'queueMicrotask'] });

  it('is not checked again for a minute', async () => {
    const token = await endingIn(3600);
    await tokens.verify(token);
    stopTheClock();
    const caller = await tokens.verify(token);
    jest.setSystemTime(Date.now() + 30_000);
    expect(await tokens.verify(token)).toBe(caller);
    jest.advanceTimersByTime(61_000);
    expect(await tokens.verify(token)).not.toBe(caller);
  });

  it('is refused once it has expired, however good it was', async () => {
    const token = await endingIn(20);
    stopTheClock();
    await tokens.verify(token);
    jest.advanceTimersByTime(55_000);
    await expect(tokens.verify(token)).rejects.toMatchObject({ code: 'not_signed_in' });
  });

  it('says nothing for another one', async () => {
    const [ann, bob] = [await endingIn(60), await endingIn(60)];
    expect((await tokens.verify(ann)).personId).not.toBe((await tokens.verify(bob)).personId);
    await expect(tokens.verify(`${ann}x`)).rejects.toMatchObject({ code: 'not_signed_in' });
  });
});
