import { block, busy, settings, teaching } from '../../test/teachings.ts';
import { horizonOf } from '../openings/openings.policy.ts';
import type { Teaching } from '../openings/teaching.ts';
import { changesOpenings } from './busy.policy.ts';

const horizon = horizonOf(settings, new Date('2030-03-01T09:00:00Z'));
const morning = block('03-04T10:00', '03-04T12:00');
/** Shorter, and therefore free where the longer one is not. */
const short = block('03-04T10:00', '03-04T10:30', { lessonMinutes: 30 });

describe('busy time', () => {
  it.each<[string, Teaching['blocks'], Teaching['busy'], Teaching['busy'], boolean]>([
    ['changes what is offered in it', [morning], [], [busy('03-04T11:30', '03-04T13:00')], true],
    ['changes what is offered again', [morning], [busy('03-04T11:30', '03-04T13:00')], [], true],
    ['changes nothing outside of teaching hours', [morning], [], [busy('03-04T12:00', '03-04T13:00')], false],
    [
      'changes nothing in time that was taken anyway',
      [morning],
      [busy('03-04T10:00', '03-04T11:00')],
      [busy('03-04T10:30', '03-04T11:00')],
      false,
    ],
    [
      'changes which of two lessons is offered at a start',
      [morning, short],
      [],
      [busy('03-04T10:45', '03-04T11:00')],
      true,
    ],
    [
      'changes nothing beyond the horizon',
      [block('05-04T10:00', '05-04T12:00')],
      [],
      [busy('05-04T10:00', '05-04T11:00')],
      false,
    ],
  ])('%s', (_, blocks, before, after, expected) => {
    const someone = teaching({ blocks, busy: before });
    expect(changesOpenings(someone, { ...someone, busy: after }, horizon)).toBe(expected);
  });

  it('moves the choice from one day to another of the same number', () => {
    const two = teaching({ blocks: [morning], busy: [busy('03-04T10:00', '03-04T10:30')] });
    expect(changesOpenings(two, { ...two, busy: [busy('03-04T11:00', '03-04T11:30')] }, horizon)).toBe(true);
  });
});
