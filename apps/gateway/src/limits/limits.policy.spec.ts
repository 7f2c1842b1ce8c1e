import { limitClassOf, limitsFrom, usualLimits } from './limits.policy.ts';

const API = '/api/v1/scheduling';

describe('the class of a request', () => {
  it.each([
    ['GET', `${API}/bookings`, false, 'read'],
    ['HEAD', `${API}/availability/x/slots`, false, 'read'],
    ['POST', `${API}/availability`, false, 'write'],
    ['POST', `${API}/booking/hold`, false, 'hold'],
    ['DELETE', `${API}/booking/hold/x`, false, 'hold'],
    ['GET', `${API}/booking/hold`, false, 'read'],
    ['POST', `${API}/payments/intents`, false, 'money'],
    ['POST', `${API}/credits/grants`, false, 'money'],
    ['PATCH', '/api/v1/accounts/me', false, 'write'],
    ['POST', `${API}/webhooks/stripe`, true, 'webhook'],
    ['POST', '/api/v1/accounts/dev/token', true, 'token'],
    ['GET', `${API}/calendar/feed/x.ics`, true, 'public'],
  ])('of %s %s (public: %s) is %s', (method, path, isPublic, name) => {
    expect(limitClassOf(method, path, isPublic)).toBe(name);
  });
});

describe('rules of limits', () => {
  it('change what they name, and nothing else', () => {
    expect(limitsFrom('write:10/60, hold:3/1')).toEqual({
      ...usualLimits(),
      write: { requests: 10, seconds: 60 },
      hold: { requests: 3, seconds: 1 },
    });
  });

  it.each(['', 'write', 'write:10', 'writes:10/60', 'write:0/60', 'write:10/0', 'write:-1/60', 'write:10/60;hold:1/1'])(
    'are none: %s',
    (text) => expect(limitsFrom(text)).toBeNull(),
  );
});
