import { retryAfterOf } from './retry-after.ts';

const now = new Date('2030-03-01T09:00:00Z');

describe('a Retry-After', () => {
  it.each([
    ['120', 120_000],
    ['0', 0],
    ['999999999', 86_400_000],
    ['Fri, 01 Mar 2030 09:00:30 GMT', 30_000],
    ['Fri, 01 Mar 2030 08:00:00 GMT', 0],
    ['soon', null],
    [undefined, null],
  ])('of %s means %s ms', (header, ms) => {
    expect(retryAfterOf(header, now)).toBe(ms);
  });
});
