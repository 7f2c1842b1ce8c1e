import { DeliveryFailure } from './delivery-failure.ts';
import { Pace } from './pace.ts';

describe('the pace of messages to one provider', () => {
  const patience = { failures: 3, rest: 50 };
  const fail =
    (verdict: 'later' | 'for_good', isProviders = true) =>
    () =>
      Promise.reject(new DeliveryFailure(verdict, 'code', 'what it said', null, isProviders));
  let now: number;
  let pace: Pace;
  beforeEach(() => {
    now = 0;
    pace = new Pace(10, patience, () => now);
  });

  it('is no faster than the provider allows', () => {
    expect(pace.room(100)).toBe(10);
    pace.spend(10);
    expect(pace.room(100)).toBe(0);
    now += 500;
    expect(pace.room(100)).toBe(5);
    expect(pace.room(2)).toBe(2);
  });

  it('stops while the provider is down, and one message tries whether it is back', async () => {
    for (let n = 0; n < 3; n++) await expect(pace.hand(fail('later'))).rejects.toThrow('what it said');
    expect(pace.room(5)).toBe(0);
    await expect(pace.hand(() => Promise.resolve('taken'))).rejects.toMatchObject({ isBrokenCircuitError: true });
    now += 51;
    expect(pace.room(5)).toBe(1);
  });

  it.each([
    ['single messages are refused for good', fail('for_good')],
    ['addresses of readers’ own do not answer', fail('later', false)],
  ])('goes on where %s', async (_where, failing) => {
    for (let n = 0; n < 10; n++) await expect(pace.hand(failing)).rejects.toThrow('what it said');
    expect(pace.room(5)).toBe(5);
  });
});
