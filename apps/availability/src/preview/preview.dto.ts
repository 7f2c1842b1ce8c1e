import {
  Count,
  Described,
  Instant,
  Instants,
  ListOf,
  Malformed,
  Maybe,
  Moment,
  MomentEnd,
  Moments,
  Nullable,
  OneOf,
  OpenWord,
  Part,
  RuleText,
  Text,
} from '@scheduling/contracts';
import type { SchedulingError } from '@scheduling/domain';
import { type Lesson, localIso } from '@scheduling/time';
import type { Concerned } from './clock-changes.policy.ts';
import type { Question } from './preview.policy.ts';
import type { Preview } from './preview.service.ts';

export class PreviewRule {
  /** The IANA zone whose wall clock the rule follows; else the settings', else the token's, else UTC. */
  @Maybe() @Text(1, 64) readonly timezone?: string;
  /** When the first begins, on the wall clock of the zone, such as `2026-03-08T02:30`; it or `start_at` is given. */
  @Maybe() @Text(1, 30) readonly dtstart_local?: string;
  /** When the first begins; RFC 3339 with Z or an offset. */
  @Maybe() @Moment() readonly start_at?: string;
  /** How long each opening lasts; as long as a lesson unless it or `end_at` is given. */
  @Maybe() @Count(1, 527_040) readonly duration_minutes?: number;
  /** When the first ends. */
  @Maybe() @Moment() readonly end_at?: string;
  /** RFC 5545 RRULE, with or without `RRULE:` in front; what has none happens once. */
  @Maybe() @RuleText() readonly rrule_string?: string;
  /** Starts that do not happen. */
  @Maybe() @Moments(366) readonly exdates?: string[];
  /** Starts besides those of the rule. */
  @Maybe() @Moments(366) readonly rdates?: string[];
  /** From when starts are asked for; now unless given. */
  @Maybe() @Moment() readonly window_start?: string;
  /** Until when, exclusive; as far as the tutor's horizon reaches unless given. */
  @Maybe() @MomentEnd() readonly window_end?: string;
  /** Length of a lesson; the settings' unless given. */
  @Maybe() @Count(15, 240) readonly lesson_minutes?: number;
  /** From one start to the next within an opening; the settings' unless given. */
  @Maybe() @Count(5, 240) readonly start_step_minutes?: number;

  /** Reads what is asked; a start is named in one way, and a length in one way at most. */
  static question(asked: PreviewRule): Question {
    const { dtstart_local, start_at, duration_minutes, end_at } = asked;
    if ((dtstart_local === undefined) === (start_at === undefined))
      throw Malformed.field('dtstart_local', 'give either dtstart_local or start_at');
    if (duration_minutes !== undefined && end_at !== undefined)
      throw Malformed.field('duration_minutes', 'give either duration_minutes or end_at, or neither');
    return {
      startLocal: dtstart_local,
      startAt: moment(start_at),
      minutes: duration_minutes,
      endAt: moment(end_at),
      rrule: asked.rrule_string,
      timezone: asked.timezone,
      rdates: (asked.rdates ?? []).map((at) => new Date(at)),
      exdates: (asked.exdates ?? []).map((at) => new Date(at)),
      from: moment(asked.window_start),
      until: moment(asked.window_end),
      lessonMinutes: asked.lesson_minutes,
      stepMinutes: asked.start_step_minutes,
    };
  }
}

const moment = (text: string | undefined): Date | undefined => (text === undefined ? undefined : new Date(text));

export class PreviewedSlot {
  /** When a lesson would start, in UTC. */
  @Instant() readonly start_at!: string;
  /** When it would end. */
  @Instant() readonly end_at!: string;

  /** Shows a lesson. */
  static of({ startAt, endAt }: Lesson): PreviewedSlot {
    return { start_at: startAt.toISOString(), end_at: endAt.toISOString() };
  }
}

export class WeekView {
  /** The week's Monday, on the clock of the zone. */
  @Described({ type: String, format: 'date' }) readonly week_start!: string;
  /** How many lessons would start in it. */
  @Count(1, 2000) readonly count!: number;
}

export class ClockChangeView {
  /** When the zone's clock changes. */
  @Instant() readonly at!: string;
  /** The offset from UTC before it, such as `+02:00`. */
  @Described({ type: String, example: '+02:00' }) readonly from_offset!: string;
  /** The offset from then on. */
  @Described({ type: String, example: '+03:00' }) readonly to_offset!: string;
  /** `gap`: wall times are skipped; `overlap`: they come twice. */
  @OneOf(['gap', 'overlap']) readonly kind!: Concerned['kind'];
  /** The starts that it concerns: moved on by a gap, or taken at the first of two times in an overlap. */
  @Instants(50_000) readonly starts!: string[];

  /** Shows a change of the zone's clock. */
  static of({ at, kind, starts }: Concerned, timezone: string): ClockChangeView {
    const offset = (instant: number) => localIso(new Date(instant), timezone).slice(19);
    return {
      at: at.toISOString(),
      from_offset: offset(at.getTime() - 1),
      to_offset: offset(at.getTime()),
      kind,
      starts: starts.map((start) => start.toISOString()),
    };
  }
}

export class PreviewProblem {
  /** The code with which keeping it would be refused. */
  @OpenWord() readonly code!: string;
  /** The same in a sentence. */
  @Text(1, 200) readonly title!: string;
  /** What of the request is to blame. */
  @Maybe() @OpenWord() readonly field?: string;
  /** The limit that it passes. */
  @Maybe() @Count(1, 1_000_000) readonly limit?: number;
  /** What of: a `day`, the `horizon`, a rule's `starts`, or the `steps` that it takes to work them out. */
  @Maybe() @OpenWord() readonly per?: string;

  /** How many days an opening may last, where it lasts longer. */
  @Maybe() @Count(1, 366) readonly max_days?: number;

  /** Shows why something could not be kept. */
  static of({ code, message, facts }: SchedulingError): PreviewProblem {
    return { ...facts, code, title: message };
  }
}

export class PreviewView {
  /** The zone whose wall clock was followed. */
  @Text(1, 64) readonly timezone!: string;
  /** Every start within the window, uncut, in UTC. */
  @Instants(50_366) readonly starts!: string[];
  /** The same cut into lessons, each that starts within the window; none where there is a problem. */
  @ListOf(() => PreviewedSlot, 2000) readonly slots!: PreviewedSlot[];
  /** How many slots. */
  @Count(0, 2000) readonly count!: number;
  /** When the first slot starts; null without any. */
  @Nullable() @Instant() readonly first_start_at!: string | null;
  /** When the last slot starts; null without any. */
  @Nullable() @Instant() readonly last_start_at!: string | null;
  /** How many slots in each week that has any. */
  @ListOf(() => WeekView, 2000) readonly weeks!: WeekView[];
  /** The changes of the zone's clock within the window. */
  @ListOf(() => ClockChangeView, 1000) readonly dst!: ClockChangeView[];
  /** Why it could not be kept as availability; null where it could. */
  @Nullable() @Part(() => PreviewProblem) readonly problem!: PreviewProblem | null;

  /** Shows what a rule would give. */
  static of({ timezone, starts, lessons, weeks, changes, problem }: Preview): PreviewView {
    const slots = lessons.map((lesson) => PreviewedSlot.of(lesson));
    return {
      timezone,
      starts: starts.map((at) => at.toISOString()),
      slots,
      count: slots.length,
      first_start_at: slots[0]?.start_at ?? null,
      last_start_at: slots.at(-1)?.start_at ?? null,
      weeks: [...weeks].map(([week_start, count]) => ({ week_start, count })),
      dst: changes.map((change) => ClockChangeView.of(change, timezone)),
      problem: problem && PreviewProblem.of(problem),
    };
  }
}
