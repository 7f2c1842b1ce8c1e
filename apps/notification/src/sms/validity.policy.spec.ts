import type { BookingCanceled, WaitlistOffered } from '@scheduling/contracts';
import type { News } from '../messages/message.ts';
import { validityOf } from './validity.policy.ts';

const at = (start_at: string): News => ({ kind: 'booking_canceled', event: { start_at } as BookingCanceled });
const until = (expires_at: string): News => ({
  kind: 'waitlist_offered',
  event: { expires_at, start_at: '2031-01-01T00:00:00Z' } as WaitlistOffered,
});

describe('a text may be on its way', () => {
  it.each([
    ['until its lesson begins', at('2030-03-01T12:00:00Z'), 10_800],
    ['as long as Twilio allows', at('2030-03-02T12:00:00Z'), 36_000],
    ['as long as its offer stands', until('2030-03-01T09:15:00Z'), 900],
    ['for a last second', at('2030-03-01T09:00:01.900Z'), 1],
    ['for a while after its lesson has begun', at('2030-03-01T09:00:00.500Z'), 600],
  ])('%s', (_what, news, seconds) => {
    expect(validityOf(news, new Date('2030-03-01T09:00:00Z'))).toBe(seconds);
  });
});
