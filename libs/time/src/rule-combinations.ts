import type { PartName, Parts } from './rule-parts.ts';
import type { Frequency } from './rule.ts';
import { RuleNotUnderstood } from './time.errors.ts';

/** The MUST NOTs of RFC 5545 §3.3.10: parts that do not go with a frequency. */
const NOT_ALLOWED: Readonly<Record<Frequency, readonly PartName[]>> = {
  YEARLY: [],
  MONTHLY: ['BYYEARDAY', 'BYWEEKNO'],
  WEEKLY: ['BYYEARDAY', 'BYWEEKNO', 'BYMONTHDAY'],
  DAILY: ['BYYEARDAY', 'BYWEEKNO'],
  HOURLY: ['BYWEEKNO'],
  MINUTELY: ['BYWEEKNO'],
};

/** Throws RuleNotUnderstood for parts that RFC 5545 forbids together. */
export function refuseCombinations(parts: Parts, frequency: Frequency): void {
  for (const name of NOT_ALLOWED[frequency]) {
    const part = parts.get(name);
    if (part) throw new RuleNotUnderstood('part_not_allowed', part.at, name);
  }
  const count = parts.get('COUNT');
  const until = parts.get('UNTIL');
  if (count && until) {
    const second = count.at > until.at ? count : until;
    throw new RuleNotUnderstood('count_with_until', second.at, second.name);
  }
  const setPos = parts.get('BYSETPOS');
  const choices = [...parts.keys()].some((name) => name.startsWith('BY') && name !== 'BYSETPOS');
  if (setPos && !choices) throw new RuleNotUnderstood('nothing_to_choose_from', setPos.at, setPos.name);
}
