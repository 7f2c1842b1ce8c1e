import type { Block } from './lessons.ts';
import { startsOf } from './lessons.ts';
import { parseRule } from './parse-rule.ts';
import { RuleTooExpensive } from './time.errors.ts';

/** Monday, 2 March 2026, 16:00 to 19:00 in Kyiv. */
const block = (rule: string | null, more: Partial<Block> = {}): Block => ({
  startAt: new Date('2026-03-02T14:00Z'),
  endAt: new Date('2026-03-02T17:00Z'),
  rule: rule === null ? null : parseRule(rule),
  timezone: 'Europe/Kyiv',
  exdates: [],
  lessonMinutes: 60,
  ...more,
});

describe('the starts of a block', () => {
  const starts = (of: Block, from: string, until: string, limits = {}) =>
    startsOf(of, { from: new Date(from), until: new Date(until) }, limits).map((at) => at.toISOString().slice(5, 16));

  it('are its openings, uncut: of the rule and extra ones, sorted, each once, without the excluded', () => {
    const rdates = ['2026-03-10T08:00Z', '2026-03-02T14:00Z', '2026-03-10T08:00Z'].map((at) => new Date(at));
    const exdates = [new Date('2026-03-09T14:00Z')];
    const weekly = block('FREQ=WEEKLY', { rdates, exdates });
    expect(starts(weekly, '2026-03-01', '2026-03-17')).toEqual(['03-02T14:00', '03-10T08:00', '03-16T14:00']);
  });

  it('are those of the half-open window, once or by a rule', () => {
    for (const rule of [null, 'FREQ=WEEKLY;COUNT=1']) {
      const of = block(rule);
      expect(starts(of, '2026-03-02T14:00Z', '2026-03-02T14:01Z')).toEqual(['03-02T14:00']);
      expect(starts(of, '2026-03-02T14:01Z', '2026-04-01')).toEqual([]);
      expect(starts(of, '2026-03-01', '2026-03-02T14:00Z')).toEqual([]);
    }
  });

  it('may be more than usual where the caller says so', () => {
    const often = block('FREQ=MINUTELY;INTERVAL=5');
    expect(() => starts(often, '2026-03-02', '2026-05-02')).toThrow(RuleTooExpensive);
    expect(starts(often, '2026-03-02', '2026-05-02', { maxStarts: 20_000 })).toHaveLength(17_400);
  });
});
