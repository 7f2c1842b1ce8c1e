import { failureOf, type Outcome, TAKEN, unheard } from './outcome.ts';

const gone: Outcome = { fate: 'gone', code: '410' };
const refused: Outcome = { fate: 'refused', code: '403' };
const busy = (retryAfterMs: number): Outcome => ({ fate: 'later', code: '429', retryAfterMs });

describe('a message to several devices', () => {
  it.each([
    ['all took it', [TAKEN, TAKEN], false],
    ['one took it, and one is gone', [gone, TAKEN], false],
    ['one took it, and one never will', [refused, TAKEN], false],
    ['one took it earlier, and the other is gone by now', [gone], true],
    ['one took it earlier, and no other is left', [], true],
  ])('has arrived where %s', (_when, outcomes, hadBefore) => {
    expect(failureOf(outcomes, hadBefore)).toBeNull();
  });

  it.each([
    ['there is none', [], 'no device'],
    ['all are gone', [gone, gone], 'no device'],
    ['none will ever take it', [refused, gone], 'no device would take it: 403'],
  ])('has failed where %s', (_when, outcomes, text) => {
    expect(failureOf(outcomes, false)).toMatchObject({ verdict: 'for_good', message: text });
  });

  it.each([
    ['one took it', [TAKEN, unheard('timeout')], null],
    ['one never will', [refused, unheard('timeout')], null],
    ['several want to be left alone, as long as the most patient one wants', [busy(1000), busy(9000), gone], 9000],
  ])('is tried again for the others where %s', (_when, outcomes, retryAfterMs) => {
    expect(failureOf(outcomes, false)).toMatchObject({ verdict: 'later', retryAfterMs });
  });

  it('says nothing of the provider where only browsers’ own services fail', () => {
    const own: Outcome = { ...busy(1000), isOwn: true } as Outcome;
    expect(failureOf([own, TAKEN], false)).toMatchObject({ isProviders: false });
    expect(failureOf([own, busy(1000)], false)).toMatchObject({ isProviders: true });
  });
});
