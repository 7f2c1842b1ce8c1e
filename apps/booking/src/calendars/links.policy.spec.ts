import { replaces } from './links.policy.ts';

const MEET = 'https://meet.google.com/abc-defg-hij';
const OLD = 'https://meet.preply.com/1';

describe('a link to a lesson', () => {
  it.each([
    ['template', 'google', true, true],
    ['template', 'google', false, true],
    ['template', 'zoom', true, true],
    ['google', 'google', true, true],
    ['google', 'google', false, false],
    ['google', 'zoom', true, true],
    ['google', 'link', true, true],
    ['zoom', 'google', true, false],
    ['zoom', 'zoom', true, true],
    ['zoom', 'link', true, true],
    ['link', 'google', true, false],
    ['link', 'zoom', true, true],
  ] as const)('of %s gives way to one of %s (the tutor’s: %s): %s', (now, source, isTutors, gives) => {
    expect(replaces({ link: MEET, source, isTutors }, { link: OLD, source: now })).toBe(gives);
  });

  it('gives way to no link that is the same', () => {
    expect(replaces({ link: OLD, source: 'zoom', isTutors: true }, { link: OLD, source: 'template' })).toBe(false);
  });

  it.each([
    ['of 500 characters', `https://a.example/${'x'.repeat(482)}`, true],
    ['of 501', `https://a.example/${'x'.repeat(483)}`, false],
    ['with a port, a query and a fragment', 'https://a.example:8443/j?pwd=a%20b&x=1#y', true],
    ['without a secure scheme', 'http://a.example/', false],
    ['of another scheme', 'ftp://a.example/', false],
    ['with a space', 'https://a.example/a b', false],
    ['with letters that no host has', 'https://приклад.example/', false],
    ['with a name in front', 'https://google.com@a.example/', false],
    ['with a host that is none', 'https://[nothing]/', false],
    ['that is empty', '', false],
  ])('is one %s: %s', (_, link, is) => {
    expect(replaces({ link, source: 'zoom', isTutors: true }, { link: OLD, source: 'template' })).toBe(is);
  });
});
