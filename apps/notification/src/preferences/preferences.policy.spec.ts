import { type Channel, type Kind, KINDS } from '../messages/kinds.ts';
import type { News } from '../messages/message.ts';
import { permission } from './preferences.policy.ts';
import { DEFAULTS, type Preferences } from './preferences.ts';

const NIGHT = { from: '22:00', until: '07:00' };

interface Asking {
  readonly preferences?: Partial<Preferences>;
  readonly now?: string;
  readonly zone?: string;
  readonly event?: object;
}

/** What a reader's wishes make of a message in the first minutes of 2 March 2030, in London unless said otherwise. */
const asked = (kind: Kind, channel: Channel, { preferences, now, zone, event = {} }: Asking = {}) =>
  permission({
    kind,
    traits: KINDS[kind],
    channel,
    news: { kind, event } as News,
    preferences: { ...DEFAULTS, ...preferences },
    reader: { timezone: zone ?? 'Europe/London' },
    now: new Date(now ?? '2030-03-02T00:05:00Z'),
  });
const until = (instant: string) => ({ do: 'wait', until: new Date(instant), reason: 'quiet hours' });
const send = { do: 'send' };

describe('a message to who has chosen nothing', () => {
  it.each([
    ['booking_confirmed', 'email', 'send'],
    ['booking_confirmed', 'in_app', 'send'],
    ['booking_canceled', 'push', 'send'],
    ['booking_canceled', 'sms', 'skip'],
    ['daily_agenda', 'email', 'skip'],
  ] as const)('%s by %s: %s', (kind, channel, what) => {
    expect(asked(kind, channel).do).toBe(what);
  });
});

describe('a message that its reader has turned off', () => {
  const off = (kind: Kind, channel: Channel) =>
    asked(kind, channel, { preferences: { choices: [{ kind, channel, isOn: false }] } });

  it('is skipped', () => {
    expect(off('lesson_soon', 'push')).toEqual({ do: 'skip', reason: 'turned off by the reader' });
    expect(off('booking_canceled', 'in_app').do).toBe('skip');
  });

  it('goes by e-mail all the same where nobody may miss it', () => {
    expect(off('booking_canceled', 'email')).toEqual(send);
  });
});

describe('a text', () => {
  it('goes to who has asked for texts, and still wants this kind', () => {
    const preferences = { smsOptedInAt: new Date() };
    expect(asked('lesson_soon', 'sms', { preferences })).toEqual(send);
    const choices = [{ kind: 'lesson_soon', channel: 'sms', isOn: false }] as const;
    expect(asked('lesson_soon', 'sms', { preferences: { ...preferences, choices } }).do).toBe('skip');
  });
});

describe('quiet hours', () => {
  const quiet = (more: Asking = {}, kind: Kind = 'booking_completed', channel: Channel = 'email') =>
    asked(kind, channel, { preferences: { quietHours: NIGHT }, ...more });

  it('delay what can wait, by e-mail and push, and never a reminder or what is read inside', () => {
    expect(quiet()).toEqual(until('2030-03-02T07:00:00Z'));
    expect(quiet({}, 'proposal_answered', 'push')).toEqual(until('2030-03-02T07:00:00Z'));
    expect(quiet({}, 'lesson_soon', 'push')).toEqual(send);
    expect(quiet({}, 'booking_canceled', 'email')).toEqual(send);
    expect(quiet({}, 'booking_completed', 'in_app')).toEqual(send);
  });

  it.each([
    ['before they begin', '2030-03-01T21:59:59Z', send],
    ['as they begin', '2030-03-01T22:00:00Z', until('2030-03-02T07:00:00Z')],
    ['in their last minute', '2030-03-02T06:59:59Z', until('2030-03-02T07:00:00Z')],
    ['as they end', '2030-03-02T07:00:00Z', send],
  ])('go over midnight: %s', (_when, now, what) => {
    expect(quiet({ now })).toEqual(what);
  });

  it('may lie within a day', () => {
    const preferences = { quietHours: { from: '13:00', until: '14:30' } };
    expect(quiet({ preferences, now: '2030-03-02T13:30:00Z' })).toEqual(until('2030-03-02T14:30:00Z'));
    expect(quiet({ preferences, now: '2030-03-02T00:30:00Z' })).toEqual(send);
  });

  it.each([
    ['in Kyiv', 'Europe/Kyiv', '2030-03-01T20:30:00Z', until('2030-03-02T05:00:00Z')],
    ['in Auckland, a day ahead', 'Pacific/Auckland', '2030-03-01T10:30:00Z', until('2030-03-01T18:00:00Z')],
    [
      'in New York, while its clocks go forward',
      'America/New_York',
      '2030-03-10T05:30:00Z',
      until('2030-03-10T11:00:00Z'),
    ],
    [
      'in New York, while its clocks go back',
      'America/New_York',
      '2030-11-03T04:30:00Z',
      until('2030-11-03T12:00:00Z'),
    ],
    ['nowhere, as in UTC', 'Mars/Olympus', '2030-03-02T00:30:00Z', until('2030-03-02T07:00:00Z')],
  ])('go by the clock of their reader: %s', (_where, zone, now, what) => {
    expect(quiet({ zone, now })).toEqual(what);
  });

  it('end where the clock is put over their end, and once where it is put back behind it', () => {
    const preferences = { quietHours: { from: '22:00', until: '01:30' } };
    const there = { preferences, zone: 'America/New_York' };
    // 01:10 comes twice: the first time they are still to end, the second time they have ended.
    expect(quiet({ ...there, now: '2030-11-03T05:10:00Z' })).toEqual(until('2030-11-03T05:30:00Z'));
    expect(quiet({ ...there, now: '2030-11-03T06:10:00Z' })).toEqual(send);
    // 02:30 does not come at all: what it would have been is 03:30.
    const skipped = { ...there, preferences: { quietHours: { from: '22:00', until: '02:30' } } };
    expect(quiet({ ...skipped, now: '2030-03-10T06:30:00Z' })).toEqual(until('2030-03-10T07:30:00Z'));
  });

  it('do not delay what would come too late', () => {
    const [early, late] = ['2030-03-02T06:00:00.000Z', '2030-03-02T08:00:00.000Z'];
    const proposal = (event: object) => quiet({ event }, 'proposal_made');
    expect(proposal({ start_at: late, expires_at: late })).toEqual(until('2030-03-02T07:00:00Z'));
    expect(proposal({ start_at: late, expires_at: early })).toEqual(send);
    expect(proposal({ start_at: early, expires_at: late })).toEqual(send);
    // Who has not heard of the new time goes by the old one.
    expect(proposal({ start_at: late, previous_start_at: early })).toEqual(send);
    // What is past does not press.
    expect(proposal({ start_at: '2030-03-01T20:00:00.000Z' })).toEqual(until('2030-03-02T07:00:00Z'));
  });
});

describe('a daily digest', () => {
  const daily = (kind: Kind, channel: Channel, more: Asking = {}) =>
    asked(kind, channel, { ...more, preferences: { digest: 'daily', ...more.preferences } });

  it.each([
    ['before eight', '2030-03-02T07:59:59Z', '2030-03-02T08:00:00Z'],
    ['at eight', '2030-03-02T08:00:00Z', '2030-03-03T08:00:00Z'],
    ['at night', '2030-03-02T23:00:00Z', '2030-03-03T08:00:00Z'],
  ])('gathers for the next morning: %s', (_when, now, at) => {
    expect(daily('booking_completed', 'email', { now })).toEqual({ do: 'gather', at: new Date(at) });
  });

  it('gathers e-mail that can wait and that one may do without, and nothing else', () => {
    expect(daily('booking_completed', 'email').do).toBe('gather');
    for (const [kind, channel] of [
      ['booking_completed', 'in_app'],
      ['proposal_answered', 'push'],
      ['booking_refunded', 'email'],
      ['lesson_tomorrow', 'email'],
      ['digest', 'email'],
    ] as const)
      expect(daily(kind, channel)).toEqual(send);
  });

  it('does not gather what would come too late: that is at least kept for the morning', () => {
    const event = { start_at: '2030-03-02T07:30:00.000Z' };
    expect(daily('proposal_answered', 'email', { event })).toEqual(send);
    const preferences = { quietHours: NIGHT };
    expect(daily('proposal_answered', 'email', { event, preferences })).toEqual(until('2030-03-02T07:00:00Z'));
  });

  it('gathers nothing for who has turned the digest itself off', () => {
    const preferences = { choices: [{ kind: 'digest', channel: 'email', isOn: false }] as const };
    expect(daily('booking_completed', 'email', { preferences }).do).toBe('skip');
    expect(daily('digest', 'email', { preferences }).do).toBe('skip');
    expect(asked('booking_completed', 'email', { preferences })).toEqual(send);
  });
});
