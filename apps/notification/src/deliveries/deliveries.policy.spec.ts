import type { Message } from '../messages/message.ts';
import { MOST_ATTEMPTS, stepAfter, stepBefore } from './deliveries.policy.ts';
import { DeliveryFailure, type Verdict } from './delivery-failure.ts';

const now = new Date('2030-03-01T09:00:00Z');
const before = (seconds: number) => new Date(now.getTime() - seconds * 1000);

const message = (more: Partial<Message> = {}, endAt = '2030-03-01T13:00:00.000Z') =>
  ({
    attempts: 1,
    dueAt: now,
    handingAt: null,
    news: { kind: 'booking_confirmed', event: { end_at: endAt } },
    ...more,
  }) as Message;

const failure = (verdict: Verdict, retryAfterMs: number | null = null) =>
  new DeliveryFailure(verdict, 'code', 'what it said', retryAfterMs);
const way = { isOn: true, silence: 'no mail server is set up', reach: 'yes', permission: { do: 'send' } } as const;
const unknown = { ...way, reach: null };

describe('before a message is sent, it', () => {
  it('goes out when the recipient has an address', () => {
    expect(stepBefore(message(), way, now)).toEqual({ do: 'send' });
  });

  it.each([
    [0, 2],
    [60, 3],
    [600, 30],
    [7200, 60],
    [86_399, 60],
  ])('looks for an address that is missing for %d s again after %d s', (age, seconds) => {
    const step = stepBefore(message({ dueAt: before(age) }), unknown, now);
    expect(step).toMatchObject({ do: 'wait', delay: { seconds, counts: false } });
  });

  it.each([
    ['the lesson has ended', message({}, now.toISOString()), way, 'skipped'],
    ['no mail server is set up', message(), { ...way, isOn: false }, 'skipped'],
    ['the reader cannot be reached', message(), { ...way, reach: { never: 'no device' } }, 'skipped'],
    [
      'the reader does not want it',
      message(),
      { ...way, permission: { do: 'skip', reason: 'off' } as const },
      'skipped',
    ],
    ['the address is missing for a day', message({ dueAt: before(86_400) }), unknown, 'failed'],
    ['workers died with it ten times', message({ attempts: MOST_ATTEMPTS + 1 }), way, 'dead'],
    ['so that nobody knows', message({ attempts: MOST_ATTEMPTS + 1, handingAt: now }), way, 'unknown'],
  ])('ends when %s', (_why, message, prospect, state) => {
    expect(stepBefore(message, prospect, now)).toMatchObject({ do: 'end', ending: { state } });
  });
});

describe('a message that was not taken', () => {
  it('fails at once where it is refused for good', () => {
    expect(stepAfter(failure('for_good'), message(), 0)).toMatchObject({ do: 'end', ending: { state: 'failed' } });
  });

  it.each([
    ['is settled', 'later', true],
    ['stays in doubt', 'unknown', false],
  ] as const)('is tried again, and %s', (_what, verdict, isSettled) => {
    expect(stepAfter(failure(verdict), message(), 0)).toMatchObject({ do: 'wait', delay: { counts: true, isSettled } });
  });

  it.each([
    [1, 0.5, 1],
    [2, 2, 4],
    [5, 128, 256],
    [9, 32_768, 65_536],
  ])('waits after try %d from %d to %d s', (attempts, least, most) => {
    const wait = (chance: number) => stepAfter(failure('later'), message({ attempts }), chance);
    expect(wait(0)).toMatchObject({ delay: { seconds: least } });
    expect(wait(1)).toMatchObject({ delay: { seconds: most } });
  });

  it('waits as long as the provider wants', () => {
    expect(stepAfter(failure('later', 90_000), message(), 0)).toMatchObject({ delay: { seconds: 90 } });
  });

  it.each([
    ['dead', 'later'],
    ['unknown', 'unknown'],
  ] as const)('is %s with the tenth try', (state, verdict) => {
    expect(stepAfter(failure(verdict), message({ attempts: MOST_ATTEMPTS - 1 }), 0).do).toBe('wait');
    expect(stepAfter(failure(verdict), message({ attempts: MOST_ATTEMPTS }), 0)).toMatchObject({
      do: 'end',
      ending: { state, reason: '10 attempts, the last: what it said' },
    });
  });
});
