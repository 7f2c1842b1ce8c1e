import fc from 'fast-check';
import { confirmed } from '../../test/letters.ts';
import { cancellation, offer } from '../../test/booking-says.ts';
import { fcmMessageOf } from './fcm-message.policy.ts';
import type { Letter } from '../messages/letter.ts';
import type { News } from '../messages/message.ts';
import { pushOf } from './push-content.ts';
import { webPushPayloadOf } from './web-push-message.policy.ts';

const id = '3f8e2c1a-0000-4000-8000-000000000001';
const news: News = { kind: 'booking_confirmed', event: confirmed };
const startAt = new Date(confirmed.start_at);
const before = (hours: number) => new Date(startAt.getTime() - hours * 3_600_000);
const letter = (more: Partial<Letter>): Letter =>
  ({ headline: 'Lesson booked', brief: 'Tomorrow at ten.', ...more }) as Letter;

describe('what a device is told', () => {
  it('is of use until the lesson begins', () => {
    expect(pushOf({ id, news }, letter({}), before(3)).until).toEqual(startAt);
  });

  it('is there for ten minutes at least', () => {
    const now = before(-1);
    const canceled: News = { kind: 'booking_canceled', event: cancellation(confirmed) };
    expect(pushOf({ id, news: canceled }, letter({}), now).until).toEqual(new Date(now.getTime() + 600_000));
  });

  it('is of use until an offer runs out', () => {
    const event = offer(confirmed, { expires_at: before(2).toISOString() });
    expect(pushOf({ id, news: { kind: 'waitlist_offered', event } }, letter({}), before(3)).until).toEqual(before(2));
  });

  it.each([
    ['to half a link', `https://meet.example.org/${'x'.repeat(600)}`],
    ['where no browser goes', 'javascript:alert(1)'],
  ])('leads nowhere rather than %s', (_where, link) => {
    expect(pushOf({ id, news }, letter({ action: { label: 'Join', link } }), before(3)).link).toBeNull();
  });

  it('ends with a whole letter where it is too long', () => {
    expect(pushOf({ id, news }, letter({ headline: '👩‍🏫'.repeat(90) }), before(3)).title).toMatch(/…$/);
    expect(pushOf({ id, news }, letter({ headline: '\u{1F600}'.repeat(101) }), before(3)).title).toBe(
      `${'\u{1F600}'.repeat(99)}…`,
    );
  });

  it('is one line of what anybody wrote, and fits into any push service', () => {
    const wild = fc.string({ unit: 'binary', maxLength: 3000 });
    const nasty = fc.constantFrom(
      '\u0000'.repeat(900),
      '\ud800'.repeat(900),
      '"\\'.repeat(900),
      '\r\nTopic: x',
      '\u{1F600}'.repeat(900),
    );
    const text = fc.oneof(wild, nasty);
    const all = fc.property(text, text, text, (headline, brief, link) => {
      const push = pushOf(
        { id, news },
        letter({ headline, brief, action: { label: '', link: `https://x/${link}` } }),
        before(3),
      );
      expect(`${push.title}${push.body}`).toMatch(/^[^\p{Cc}\p{Cs}\u2028\u2029]*$/u);
      expect(Buffer.byteLength(webPushPayloadOf(push))).toBeLessThanOrEqual(3072);
      expect(Buffer.byteLength(JSON.stringify(fcmMessageOf('t'.repeat(300), push, before(3))))).toBeLessThan(4096);
    });
    fc.assert(all, { numRuns: 200 });
  });
});
