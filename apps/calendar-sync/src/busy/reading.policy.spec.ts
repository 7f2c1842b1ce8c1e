import { extentOf, type Extent, type Known, newsOf, restAfter, waitAfter } from './reading.policy.ts';

const at = (time: string) => new Date(`2030-${time}Z`);

describe('a calendar', () => {
  const known: Known = {
    id: '80000000-0000-4000-8000-000000000000', // Its own time of day is noon.
    accessRole: 'owner',
    syncToken: 'token',
    windowStart: at('03-03T00:00'),
  };

  it.each<[string, Extent, Partial<Known>, string]>([
    ['is read for changes once it is known', 'changes', {}, '03-04T09:00'],
    ['is read for changes until its own time of the next day', 'changes', {}, '03-05T11:59'],
    ['is read as a whole each day at its own time', 'everything', {}, '03-05T12:00'],
    ['is read as a whole at first', 'everything', { syncToken: null, windowStart: null }, '03-04T09:00'],
    ['is read as a whole when its token is of no use', 'everything', { syncToken: null }, '03-04T09:00'],
    [
      'that shows no events is asked when its owner is free',
      'free_busy',
      { accessRole: 'freeBusyReader' },
      '03-04T09:00',
    ],
  ])('%s', (_, extent, more, now) => {
    expect(extentOf({ ...known, ...more }, at(now))).toBe(extent);
  });

  it.each<[string, boolean, Extent, number]>([
    ['half an hour where changes are told', true, 'changes', 30],
    ['five minutes where they are not', false, 'changes', 5],
    ['half an hour where free time is all that it shows', false, 'free_busy', 30],
  ])('rests for %s, and never longer', (_, isPushed, extent, minutes) => {
    expect(restAfter({ isPushed, extent }, 1)).toBe(minutes * 60);
    expect(restAfter({ isPushed, extent }, 0)).toBe(minutes * 54);
  });

  it('is tried again after longer and longer times, up to ten minutes', () => {
    const down = { kind: 'unreachable', retryAfterMs: null };
    expect([1, 2, 3, 7, 8, 40].map((times) => waitAfter(down, times, 1))).toEqual([5, 10, 20, 320, 600, 600]);
    expect(waitAfter(down, 1, 0)).toBe(2.5);
  });

  it.each([
    ['when its person may be asked for again', 'rate_limited', 700, 9, 0.7],
    ['later than it fails, where that is asked for', 'unreachable', 60_000, 1, 60],
    ['not sooner where Google is down for long', 'unreachable', 10_000, 9, 600],
    ['after a while where a limit says nothing', 'rate_limited', null, 1, 5],
  ])('is tried again %s', (_, kind, retryAfterMs, attempts, seconds) => {
    expect(waitAfter({ kind, retryAfterMs }, attempts, 1)).toBe(seconds);
  });
});

describe('calendars that fail', () => {
  const now = at('03-04T09:00');
  it.each([
    ['are no news for a quarter of an hour', at('03-04T08:45'), false, null],
    ['are news after that', at('03-04T08:44'), false, 'failed'],
    ['are news once', at('03-04T05:00'), true, null],
    ['are news when they are back', null, true, 'recovered'],
    ['are none while all is well', null, false, null],
  ])('%s', (_, failingSince, isFailureTold, news) => {
    expect(newsOf({ failingSince, isFailureTold }, now)).toBe(news);
  });
});
