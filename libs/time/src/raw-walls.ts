import { RRule, Weekday } from 'rrule';
import { HOUR, MINUTE } from './periods.ts';
import type { Rule } from './rule.ts';

/** Takes the next wall time (ms as if UTC), and answers whether it wants more. */
export type Sink = (wall: number) => boolean;

export interface Stretch {
  /** The beginning of a period of the rule. */
  readonly first: number;
  readonly last: number;
  /** Counts one step of work, and throws where it becomes too much. */
  readonly step: () => void;
}

/** Walks DAILY and longer rules by rrule, as floating time without zone, COUNT, UNTIL and BYSETPOS. */
export function walkDays(rule: Rule, { first, last, step }: Stretch, sink: Sink): void {
  const floating = new RRule(
    {
      freq: RRule[rule.frequency],
      dtstart: new Date(first),
      interval: rule.interval,
      wkst: rule.weekStart,
      bymonth: given(rule.byMonth),
      byweekno: given(rule.byWeekNo),
      byyearday: given(rule.byYearDay),
      bymonthday: given(rule.byMonthDay),
      byweekday: given(rule.byDay.map(({ weekday, nth }) => new Weekday(weekday, nth))),
      byhour: given(rule.byHour),
      byminute: given(rule.byMinute),
      bysecond: given(rule.bySecond),
    },
    true,
  );
  floating.between(new Date(first), new Date(last), true, (wall) => {
    step();
    return sink(wall.getTime());
  });
}

/** Walks HOURLY and MINUTELY rules by plain addition on the wall clock; rrule loses MINUTELY's phase, and time. */
export function walkTimes(rule: Rule, keeps: (wall: number) => boolean, stretch: Stretch, sink: Sink): void {
  const hourly = rule.frequency === 'HOURLY';
  const period = rule.interval * (hourly ? HOUR : MINUTE);
  const minutes = hourly ? rule.byMinute : [0];
  const offsets = minutes.flatMap((minute) => rule.bySecond.map((second) => minute * MINUTE + second * 1000));
  for (let at = stretch.first; at <= stretch.last; at += period) {
    stretch.step();
    if (!keeps(at)) continue;
    for (const offset of offsets) {
      stretch.step();
      if (!sink(at + offset)) return;
    }
  }
}

/** rrule takes an empty list for a part that was given. */
const given = <T>(list: readonly T[]) => (list.length > 0 ? [...list] : null);
