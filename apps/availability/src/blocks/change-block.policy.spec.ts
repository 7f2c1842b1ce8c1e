import { block } from '../../test/teachings.ts';
import { NothingToChange, RuleUnexpected } from '../availability.errors.ts';
import type { AvailabilityBlock } from './blocks.store.ts';
import { type Change, changedBlock, refuseEmpty } from './change-block.policy.ts';

const NOW = new Date('2030-03-01T09:00:00Z');
const at = (text: string) => new Date(`2030-${text}Z`);
/** Every day at nine o'clock in Kyiv, from Friday, 29 March; on Sunday the clocks change. */
const mornings = (more: Partial<AvailabilityBlock> = {}) =>
  block('03-29T07:00', '03-29T09:00', {
    rrule: 'FREQ=DAILY',
    timezone: 'Europe/Kyiv',
    timezoneSource: 'settings',
    startWall: at('03-29T09:00'),
    exdates: [at('03-30T07:00'), at('03-31T06:00')],
    rdates: [at('04-02T15:00')],
    ...more,
  });

describe('a block after a change', () => {
  it.each<[string, Change, Partial<AvailabilityBlock>]>([
    ['keeps what is not named', { priceCents: 5 }, { ...mornings(), priceCents: 5, id: expect.any(String) }],
    [
      'moves its end with its start, and other starts and exceptions by the clock',
      { startAt: at('03-29T08:30') },
      {
        endAt: at('03-29T10:30'),
        startWall: at('03-29T10:30'),
        exdates: [at('03-30T08:30'), at('03-31T07:30')],
        rdates: [at('04-02T16:30')],
      },
    ],
    ['moves its start alone', { startAt: at('03-29T08:00'), endAt: at('03-29T09:00') }, { endAt: at('03-29T09:00') }],
    [
      'has the exceptions that it is given',
      { startAt: at('03-29T08:00'), exdates: [at('03-30T08:00:00.5')] },
      { exdates: [at('03-30T08:00')], rdates: [at('04-02T16:00')] },
    ],
    [
      'keeps its exceptions under another rule',
      { startAt: at('03-29T08:00'), rrule: 'FREQ=WEEKLY' },
      { rrule: 'FREQ=WEEKLY', exdates: mornings().exdates, rdates: mornings().rdates },
    ],
    [
      'reads another clock from now on',
      { timezone: 'Asia/Tokyo' },
      { timezone: 'Asia/Tokyo', timezoneSource: 'request', startWall: at('03-29T16:00'), exdates: mornings().exdates },
    ],
    ['comes once', { rrule: null }, { rrule: null, startWall: null, rdates: [], exdates: [] }],
  ])('%s', (_, change, expected) => {
    expect(changedBlock(mornings(), change, NOW)).toMatchObject(expected);
  });

  it('leaves exceptions where the rule says their times', () => {
    const said = mornings({ rrule: 'FREQ=DAILY;BYHOUR=9' });
    expect(changedBlock(said, { startAt: at('03-29T08:00') }, NOW).exdates).toEqual(said.exdates);
  });

  it('keeps a wall time that its zone skips', () => {
    const night = mornings({ startAt: at('03-31T01:30'), endAt: at('03-31T02:30'), startWall: at('03-31T03:30') });
    expect(changedBlock(night, { capacity: 3 }, NOW).startWall).toEqual(at('03-31T03:30'));
    expect(changedBlock(night, { startAt: at('03-31T01:30') }, NOW).startWall).toEqual(at('03-31T03:30'));
  });

  it('comes again where it came once', () => {
    const once = block('03-29T07:00', '03-29T09:00', { timezone: 'Europe/Kyiv' });
    const again = changedBlock(once, { rrule: 'FREQ=WEEKLY', exdates: [at('04-05T06:00')] }, NOW);
    expect(again).toMatchObject({ startWall: at('03-29T09:00'), exdates: [at('04-05T06:00')] });
  });
});

describe('a change', () => {
  const wish = { scope: 'all', occurrenceAt: undefined, onConflict: 'merge' } as const;

  it('names something', () => {
    expect(() => refuseEmpty({ ...wish, change: {} })).toThrow(NothingToChange);
    expect(() => refuseEmpty({ ...wish, change: { lessonMinutes: null } })).not.toThrow();
  });

  it('gives one date no rule', () => {
    expect(() => refuseEmpty({ ...wish, scope: 'one', change: { rrule: 'FREQ=DAILY' } })).toThrow(RuleUnexpected);
    expect(() => refuseEmpty({ ...wish, scope: 'one', change: { rrule: null } })).not.toThrow();
  });
});
