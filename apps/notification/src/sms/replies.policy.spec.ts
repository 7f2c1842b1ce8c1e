import { wishOf } from './replies.policy.ts';

describe('a phone that writes', () => {
  it.each([
    ['STOP', undefined, 'stop'],
    [' stop\n', undefined, 'stop'],
    ['Unsubscribe', undefined, 'stop'],
    ['cancel', undefined, 'stop'],
    ['START', undefined, 'start'],
    ['unstop', undefined, 'start'],
    ['Please stop', undefined, null],
    ['HELP', undefined, null],
    ['', undefined, null],
    ['arrête', 'STOP', 'stop'],
    ['STOP', 'HELP', null],
  ])('%j (%s) wants %s', (text, type, wish) => {
    expect(wishOf(text, type)).toBe(wish);
  });
});
