import { findRoute, ROUTES } from './routes.policy.ts';

const API = '/api/v1/scheduling';
const ACCOUNTS = '/api/v1/accounts';

describe('the route table', () => {
  it.each([
    [`${API}/availability`, 'availability'],
    [`${API}/availability/time-off`, 'availability'],
    [`${API}/availability/settings`, 'availability'],
    [`${API}/availability/b1f7a3c2`, 'availability'],
    [`${API}/availability/search`, 'booking'],
    [`${API}/availability/preview`, 'availability'],
    [`${API}/availability/overrides/2026-12-24`, 'availability'],
    [`${API}/availability/b1f7a3c2/explain`, 'availability'],
    [`${API}/availability/b1f7a3c2/slots`, 'booking'],
    [`${API}/availability/b1f7a3c2/slots/more`, 'booking'],
    [`${API}/availability/b1f7a3c2/slotsx`, 'availability'],
    [`${API}/availability/a/b/slots`, 'availability'],
    [`${API}/booking/hold`, 'booking'],
    [`${API}/booking/confirm`, 'booking'],
    [`${API}/bookings`, 'booking'],
    [`${API}/bookings/b1f7a3c2/cancel`, 'booking'],
    [`${API}/credits/grants`, 'booking'],
    [`${API}/payments/intents`, 'booking'],
    [`${API}/plans`, 'booking'],
    [`${API}/subscriptions/b1f7a3c2`, 'booking'],
    [`${API}/waitlist/b1f7a3c2`, 'booking'],
    [`${API}/webhooks/stripe`, 'booking'],
    [`${API}/webhooks/google-calendar`, 'calendar-sync'],
    [`${API}/webhooks/twilio/inbound`, 'notification'],
    [`${API}/webhook-endpoints`, 'notification'],
    [`${API}/webhook-endpoints/b1f7a3c2/deliveries`, 'notification'],
    [`${API}/notifications`, 'notification'],
    [`${API}/notifications/preferences`, 'notification'],
    [`${API}/auth/google/callback`, 'calendar-sync'],
    [`${API}/calendar/auth-url`, 'calendar-sync'],
    [`${API}/calendar/calendars/ana%40example.org`, 'calendar-sync'],
    [`${API}/calendar/feed`, 'calendar-sync'],
    [`${API}/calendar/feed/s3cret.ics`, 'calendar-sync'],
    [`${ACCOUNTS}/me`, 'accounts'],
    ['/sandbox', 'sandbox'],
    ['/sandbox/inbox.json', 'sandbox'],
    [`${API}/%62ookings`, 'booking'],
  ])('sends %s to %s', (path, service) => {
    expect(findRoute(path)?.service).toBe(service);
  });

  it.each([
    [`${ACCOUNTS}/dev/token`, true],
    [`${ACCOUNTS}/.well-known/jwks.json`, true],
    [`${API}/webhooks/stripe`, true],
    [`${API}/webhooks/google-calendar`, true],
    [`${API}/webhooks/twilio/inbound`, true],
    [`${API}/webhook-endpoints`, undefined],
    [`${API}/notifications/unsubscribe`, true],
    [`${API}/notifications`, undefined],
    [`${API}/notifications/unsubscribes`, undefined],
    [`${API}/auth/google/callback`, true],
    [`${API}/calendar/feed/s3cret.ics`, true],
    [`${API}/calendar/feed`, undefined],
    [`${API}/calendar/status`, undefined],
    [`${API}/calendar/connect`, undefined],
    [`${API}/calendar/feeds/s3cret.ics`, undefined],
    ['/sandbox/inbox', true],
    [`${API}/payments/intents`, undefined],
    [`${API}/plans`, undefined],
    [`${API}/subscriptions`, undefined],
    [`${API}/waitlist`, undefined],
    [`${ACCOUNTS}/me`, undefined],
    [`${ACCOUNTS}/dev`, undefined],
    [`${ACCOUNTS}/dev/tokens`, undefined],
    [`${ACCOUNTS}/.well-knownx`, undefined],
    [`${API}/bookings`, undefined],
  ])('lets %s pass without a token: %s', (path, isPublic) => {
    expect(findRoute(path)?.isPublic).toBe(isPublic);
  });

  it.each([
    ['an unknown prefix', `${API}/nothing`],
    ['a prefix that goes on within its segment', `${API}/bookingsx`],
    ['half a prefix', '/api/v1'],
    ['the webhooks of nobody', `${API}/webhooks`],
    ['the webhooks of someone else', `${API}/webhooks/stripex`],
    ['other webhooks of Google’s', `${API}/webhooks/google`],
    ['a way into Google that is no way back', `${API}/auth/google`],
    ['another case', '/API/v1/scheduling/bookings'],
    ['another case of a feature', `${API}/Bookings`],
    ['a trailing slash', `${API}/bookings/`],
    ['two slashes', `${API}//bookings`],
    ['two slashes at the start', `/${API}/bookings`],
    ['a dot segment', `${API}/./bookings`],
    ['a way up', `${ACCOUNTS}/dev/token/../../me`],
    ['an encoded way up', `${ACCOUNTS}/.well-known/%2e%2e/me`],
    ['a half encoded way up', `${ACCOUNTS}/.well-known/.%2E/me`],
    ['a segment that begins like a way up', `${API}/bookings/..x`],
    ['a segment that ends like a way up', `${API}/bookings/x../y`],
    ['an encoded slash', `${API}/bookings%2Fx`],
    ['an encoded slash below a prefix', `${ACCOUNTS}/dev/token%2fx`],
    ['an encoded backslash', `${API}/bookings/%5c`],
    ['a backslash', `${API}/bookings/\\x`],
    ['an encoded control character', `${API}/bookings/%00`],
    ['an escape that is none', `${API}/bookings/%zz`],
    ['an escape that is no UTF-8', `${API}/bookings/%ff`],
    ['a fragment', `${API}/bookings#x`],
    ['a whole address', `http://elsewhere.example${API}/bookings`],
    ['the prefix without its slash', 'sandbox'],
    ['nothing at all', ''],
    ['the root', '/'],
  ])('has nothing for %s: %s', (_what, path) => {
    expect(findRoute(path)).toBeNull();
  });

  it('has no route to a service that is not there', () => {
    const routes = ROUTES.filter(({ service }) => service !== 'sandbox');
    expect(findRoute('/sandbox/inbox', routes)).toBeNull();
  });
});
