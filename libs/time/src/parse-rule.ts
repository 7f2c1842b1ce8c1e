import type { Parts } from './rule-parts.ts';
import { splitRule } from './rule-parts.ts';
import { refuseCombinations } from './rule-combinations.ts';
import { readNumber, readNumbers, readUntil, readWeekday, readWeekdays } from './rule-values.ts';
import type { Range } from './rule-values.ts';
import type { Frequency, Rule } from './rule.ts';
import { FREQUENCIES } from './rule.ts';
import { RuleNotUnderstood } from './time.errors.ts';

const FROM_ONE: Range = { from: 1, to: 99_999 };

/**
 * Reads a recurrence rule of RFC 5545 §3.3.10, with or without `RRULE:` in front, in any letter case.
 * Throws RuleNotUnderstood for whatever is not exactly such a rule, asks for seconds, or can never match.
 */
export function parseRule(text: string): Rule {
  const parts = splitRule(text);
  const frequency = readFrequency(parts, text);
  refuseCombinations(parts, frequency);
  const interval = parts.get('INTERVAL');
  const count = parts.get('COUNT');
  const until = parts.get('UNTIL');
  const weekStart = parts.get('WKST');
  const byMonth = readNumbers(parts.get('BYMONTH'), { from: 1, to: 12 });
  const byMonthDay = readNumbers(parts.get('BYMONTHDAY'), { from: 1, to: 31, signed: true });
  refuseUnrealDates(parts, byMonth, byMonthDay);
  return {
    frequency,
    interval: interval ? readNumber(interval, FROM_ONE) : 1,
    ...(count && { count: readNumber(count, FROM_ONE) }),
    ...(until && { until: readUntil(until) }),
    weekStart: weekStart ? readWeekday(weekStart) : 0,
    byMonth,
    byWeekNo: readNumbers(parts.get('BYWEEKNO'), { from: 1, to: 53, signed: true }),
    byYearDay: readNumbers(parts.get('BYYEARDAY'), { from: 1, to: 366, signed: true }),
    byMonthDay,
    byDay: readWeekdays(parts.get('BYDAY'), weekdayNumbers(parts, frequency)),
    byHour: readNumbers(parts.get('BYHOUR'), { from: 0, to: 23 }),
    byMinute: readNumbers(parts.get('BYMINUTE'), { from: 0, to: 59 }),
    bySecond: readNumbers(parts.get('BYSECOND'), { from: 0, to: 59 }),
    bySetPos: readNumbers(parts.get('BYSETPOS'), { from: 1, to: 366, signed: true }),
  };
}

function readFrequency(parts: Parts, text: string): Frequency {
  const part = parts.get('FREQ');
  if (!part) throw new RuleNotUnderstood('frequency_missing', text.length);
  if (part.value === 'SECONDLY') throw new RuleNotUnderstood('frequency_not_supported', part.valueAt, 'FREQ');
  const frequency = FREQUENCIES.find((known) => known === part.value);
  if (!frequency) throw new RuleNotUnderstood('frequency_unknown', part.valueAt, 'FREQ');
  return frequency;
}

/** Which numbers BYDAY may carry: a month has no sixth Monday, and only months and years number their weekdays. */
function weekdayNumbers(parts: Parts, frequency: Frequency): Range | undefined {
  if (frequency === 'MONTHLY') return { from: 1, to: 5, signed: true };
  if (frequency !== 'YEARLY' || parts.has('BYWEEKNO')) return undefined;
  return { from: 1, to: parts.has('BYMONTH') ? 5 : 53, signed: true };
}

function refuseUnrealDates(parts: Parts, byMonth: number[], byMonthDay: number[]): void {
  const part = parts.get('BYMONTHDAY');
  if (!part || byMonth.length === 0) return;
  const longest = Math.max(...byMonth.map((month) => new Date(Date.UTC(2024, month, 0)).getUTCDate()));
  if (byMonthDay.every((day) => Math.abs(day) > longest)) {
    throw new RuleNotUnderstood('never_matches', part.valueAt, part.name);
  }
}
