import { Malformed } from '@scheduling/contracts';
import { versionsIn } from '../src/if-match.ts';

describe('an If-Match header', () => {
  it.each([
    ['"v3"', [3]],
    [' "v3" ,"v12"', [3, 12]],
    ['W/"v3", "v4"', [4]],
    ['"", "abc"', []],
    ['*', null],
  ])('of %s names the versions %j', (header, versions) => {
    expect(versionsIn(header)).toEqual(versions);
  });

  it.each(['', 'v3', '"v3', '"v3" "v4"', '"v3",', '*, "v3"', '"v 3"'])('of %s is malformed', (header) => {
    expect(() => versionsIn(header)).toThrow(Malformed);
  });

  it('that is longer than any of ours is malformed', () => {
    expect(() => versionsIn('"v3",'.repeat(300))).toThrow(Malformed);
  });
});
