import { randomBytes } from 'node:crypto';
import { CannotOpen, KeyRing, KEYS } from './key-ring.ts';

const key = () => randomBytes(32).toString('base64');
const [first, second] = [key(), key()];

describe('a key ring', () => {
  it.each(['token', '', 'ключ 🔑', 'x'.repeat(5000)])('opens what it has sealed: %#', (secret) => {
    const ring = new KeyRing(`a:${first}`);
    const sealed = ring.seal(secret, 'refresh_token of somebody');
    expect(sealed).not.toContain(secret === '' ? 'token' : secret);
    expect(ring.open(sealed, 'refresh_token of somebody')).toBe(secret);
  });

  it('never seals the same twice alike', () => {
    const ring = new KeyRing(`a:${first}`);
    expect(new Set(Array.from({ length: 50 }, () => ring.seal('token', 'place'))).size).toBe(50);
  });

  it('seals under the first key, and opens under any', () => {
    const sealed = new KeyRing(`a:${first}`).seal('token', 'place');
    const ring = new KeyRing(`b:${second},a:${first}`);
    expect([ring.open(sealed, 'place'), ring.isCurrent(sealed)]).toEqual(['token', false]);
    expect(ring.isCurrent(ring.seal('token', 'place'))).toBe(true);
  });

  it('does not open at another place, nor when an octet is changed, nor under another key of the same name', () => {
    const ring = new KeyRing(`a:${first}`);
    const sealed = ring.seal('token', 'place');
    const [id, iv, rest] = sealed.split('.') as [string, string, string];
    const octets = Buffer.from(rest, 'base64url');
    octets[octets.length - 1]! ^= 1;
    expect(() => ring.open(sealed, 'another place')).toThrow(CannotOpen);
    expect(() => ring.open([id, iv, octets.toString('base64url')].join('.'), 'place')).toThrow(CannotOpen);
    expect(() => ring.open(`${id}.${iv}`, 'place')).toThrow(CannotOpen);
    expect(() => new KeyRing(`a:${second}`).open(sealed, 'place')).toThrow(
      'CALENDAR_TOKEN_KEYS holds another key a than the one that tokens were encrypted with.',
    );
    expect(() => new KeyRing(`b:${second}`).open(sealed, 'place')).toThrow(
      'CALENDAR_TOKEN_KEYS lacks the key a that tokens were encrypted with.',
    );
  });

  it.each([
    ['one', `a:${first}`, true],
    ['two', `2026-b:${second},a:${first}`, true],
    ['none', '', false],
    ['a key without a name', first, false],
    ['a short key', `a:${randomBytes(16).toString('base64')}`, false],
    ['a comma at the end', `a:${first},`, false],
  ])('is %s: %s is one: %s', (_, text, expected) => {
    expect(KEYS.test(text)).toBe(expected);
  });
});
