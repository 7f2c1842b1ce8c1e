import { RRule, Weekday } from 'rrule';
import type { Budget } from './budget.ts';
import type { Periods } from './periods.ts';
import { DAY, weekdayOf } from './periods.ts';
import type { Rule } from './rule.ts';

/** What rrule costs, in steps. */
const STEPS_PER_QUESTION = 400;
const STEPS_PER_DAY = 20;

/** Tutors' rules choose the same few days: rrule's answers are kept, and all are forgotten when they become so many. */
const MOST_ANSWERS = 500;
const answers = new Map<string, readonly number[]>();

/** More of a period than there is until the year 9999, where rrule ends: it then looks at one period, not at all of them. */
const ONE_ONLY = { YEARLY: 10_000, MONTHLY: 120_000 };

/**
 * Asks rrule for the days that a WEEKLY, MONTHLY or YEARLY rule, with its implied parts written out, means in a period. As floating
 * time at midnight, without zone, COUNT, UNTIL, BYWEEKNO and BYSETPOS; of periods that are alike it asks once.
 */
export function chosenDays(rule: Rule, periods: Periods, budget: Budget): (period: number) => number[] {
  const known = new Map<number, readonly number[]>();
  return (period) => {
    const first = periods.firstDayOf(period);
    // Its length, and the weekday on which it begins.
    const shape = (periods.firstDayOf(period + 1) - first) * 7 + weekdayOf(first);
    const offsets = known.get(shape) ?? asked(rule, first, shape, budget);
    known.set(shape, offsets);
    return offsets.map((offset) => first + offset);
  };
}

/** The days of a period, counted from its first; the same steps whether the answer was known or not. */
function asked(rule: Rule, first: number, shape: number, budget: Budget): readonly number[] {
  const key = JSON.stringify([rule.frequency, shape, rule.byMonth, rule.byYearDay, rule.byMonthDay, rule.byDay]);
  const answer =
    answers.get(key) ??
    question(rule, new Date(first * DAY))
      .all()
      .map((day) => day.getTime() / DAY - first);
  if (answers.size >= MOST_ANSWERS) answers.clear();
  answers.set(key, answer);
  budget.spend(STEPS_PER_QUESTION + answer.length * STEPS_PER_DAY);
  return answer;
}

function question(rule: Rule, dtstart: Date): RRule {
  const { frequency } = rule;
  return new RRule(
    {
      freq: RRule[frequency],
      dtstart,
      // A week has each of its days once.
      ...(frequency === 'WEEKLY' && { count: rule.byDay.length }),
      ...((frequency === 'YEARLY' || frequency === 'MONTHLY') && { interval: ONE_ONLY[frequency] }),
      ...(frequency === 'YEARLY' && { bymonth: given(rule.byMonth) }),
      byyearday: given(rule.byYearDay),
      bymonthday: given(rule.byMonthDay),
      byweekday: given(rule.byDay.map(({ weekday, nth }) => new Weekday(weekday, nth))),
      byhour: 0,
      byminute: 0,
      bysecond: 0,
    },
    true,
  );
}

/** rrule takes an empty list for a part that was given. */
const given = <T>(list: readonly T[]) => (list.length > 0 ? [...list] : null);
