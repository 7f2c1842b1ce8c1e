import type { Message } from '../messages/message.ts';
import { type Failure, MOST_ATTEMPTS, stepAfter, stepBefore } from './deliveries.policy.ts';

const now = new Date('2030-03-01T09:00:00Z');
const before = (seconds: number) => new Date(now.getTime() - seconds * 1000);

const message = (more: Partial<Message> = {}, endAt = '2030-03-01T13:00:00.000Z') =>
  ({ attempts: 1, createdAt: now, news: { kind: 'booking_confirmed', event: { end_at: endAt } }, ...more }) as Message;

const failure = (code: string, reply: number | null): Failure => ({ code, reply, text: 'what it said' });

describe('before a message is sent, it', () => {
  it('goes out when the recipient has an address', () => {
    expect(stepBefore(message(), true, true, now)).toEqual({ do: 'send' });
  });

  it.each([
    [0, 2],
    [60, 3],
    [600, 30],
    [7200, 60],
    [86_399, 60],
  ])('looks for an address that is missing for %d s again after %d s', (age, seconds) => {
    const step = stepBefore(message({ createdAt: before(age) }), false, true, now);
    expect(step).toMatchObject({ do: 'wait', delay: { seconds, counts: false } });
  });

  it.each([
    ['the lesson has ended', message({}, now.toISOString()), true, true, 'skipped'],
    ['no mail server is set up', message(), true, false, 'skipped'],
    ['the address is missing for a day', message({ createdAt: before(86_400) }), false, true, 'failed'],
    ['workers died with it ten times', message({ attempts: MOST_ATTEMPTS + 1 }), true, true, 'failed'],
  ])('ends when %s', (_why, message, isAddressKnown, isOn, state) => {
    expect(stepBefore(message, isAddressKnown, isOn, now)).toMatchObject({ do: 'end', ending: { state } });
  });
});

describe('a message that was not taken', () => {
  it.each([
    ['is refused for good at RCPT', 'EENVELOPE', 550],
    ['is refused for good after DATA', 'EMESSAGE', 554],
  ])('%s fails at once', (_what, code, reply) => {
    expect(stepAfter(failure(code, reply), 1, 0)).toMatchObject({ do: 'end', ending: { state: 'failed' } });
  });

  it.each([
    ['is put off at RCPT', 'EENVELOPE', 450],
    ['is put off after DATA', 'EMESSAGE', 451],
    ['meets a server that does not let us in', 'EAUTH', 535],
    ['meets a server that greets nobody', 'EPROTOCOL', 554],
    ['meets a server that hangs', 'ETIMEDOUT', null],
    ['meets no server', 'ESOCKET', null],
  ])('%s is tried again', (_what, code, reply) => {
    expect(stepAfter(failure(code, reply), 1, 0)).toMatchObject({ do: 'wait', delay: { counts: true } });
  });

  it.each([
    [1, 0.5, 1],
    [2, 2, 4],
    [5, 128, 256],
    [9, 32_768, 65_536],
  ])('waits after try %d from %d to %d s', (attempts, least, most) => {
    const wait = (chance: number) => stepAfter(failure('ESOCKET', null), attempts, chance);
    expect(wait(0)).toMatchObject({ delay: { seconds: least } });
    expect(wait(1)).toMatchObject({ delay: { seconds: most } });
  });

  it('fails with the tenth try', () => {
    expect(stepAfter(failure('ESOCKET', null), MOST_ATTEMPTS - 1, 0).do).toBe('wait');
    expect(stepAfter(failure('ESOCKET', null), MOST_ATTEMPTS, 0)).toMatchObject({
      do: 'end',
      ending: { state: 'failed', reason: '10 attempts, the last: what it said' },
    });
  });
});
