import { settings } from '../../test/teachings.ts';
import type { Settings } from '../settings/settings.store.ts';
import type { Calendars } from './connections.store.ts';
import { trustIn, type Trust } from './trust.policy.ts';

describe('what a tutor’s calendars are good for', () => {
  it.each<[Calendars, Settings['onUnreachable'], Trust]>([
    ['read', 'last_known', 'known'],
    ['read', 'closed', 'known'],
    ['read', 'open', 'known'],
    ['remembered', 'last_known', 'known'],
    ['remembered', 'closed', 'unknown'],
    ['remembered', 'open', 'ignored'],
    ['forgotten', 'last_known', 'unknown'],
    ['forgotten', 'closed', 'unknown'],
    ['forgotten', 'open', 'ignored'],
  ])('while they are %s, by the choice of %s, is that they are %s', (calendars, onUnreachable, expected) => {
    expect(trustIn({ calendars, settings: { ...settings, onUnreachable } })).toBe(expected);
  });
});
