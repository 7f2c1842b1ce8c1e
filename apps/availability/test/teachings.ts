import { type AvailabilityId, newId, type PersonId, type TimeOffId } from '@scheduling/domain';
import type { AvailabilityBlock } from '../src/blocks/blocks.store.ts';
import type { Teaching } from '../src/openings/teaching.ts';
import type { DateOverride } from '../src/overrides/overrides.store.ts';
import type { Range } from '../src/ranges.policy.ts';
import type { Settings } from '../src/settings/settings.store.ts';
import type { TimeOff } from '../src/time-off/time-off.store.ts';

const tutorId = newId<PersonId>();

/** What policies are tried with: a tutor with an hour a lesson, five minutes before it and ten after. */
export const settings: Settings = {
  timezone: null,
  lessonMinutes: 60,
  startStepMinutes: null,
  priceCents: 2500,
  currency: 'USD',
  capacity: 1,
  horizonDays: 56,
  minimumNoticeMinutes: 120,
  bufferBeforeMinutes: 5,
  bufferAfterMinutes: 10,
  maximumLessonsPerDay: null,
  maximumLessonsPerWeek: null,
  cancellationPolicyId: null,
  onUnreachable: 'last_known',
  version: 1,
};

/** A range of 2030 in UTC, such as `03-04T10:00`. */
export const range = (from: string, until: string): Range => ({
  startAt: new Date(`2030-${from}Z`),
  endAt: new Date(`2030-${until}Z`),
});

/** A block that happens once, in UTC and by the tutor's settings, unless more is said. */
export const block = (from: string, until: string, more: Partial<AvailabilityBlock> = {}): AvailabilityBlock => ({
  id: newId<AvailabilityId>(),
  tutorId,
  ...range(from, until),
  rrule: null,
  startWall: null,
  timezone: 'UTC',
  timezoneSource: 'default',
  rdates: [],
  exdates: [],
  lessonMinutes: null,
  priceCents: null,
  capacity: null,
  version: 1,
  ...more,
});

/** Hours on a date besides what is taught on it, in UTC and by the tutor's settings, unless more is said. */
export const override = (
  date: string,
  hours: readonly [start: string, end: string][],
  more: Partial<DateOverride> = {},
): DateOverride => ({
  id: newId<AvailabilityId>(),
  tutorId,
  date: `2030-${date}`,
  timezone: 'UTC',
  mode: 'extra',
  hours: hours.map(([start, end]) => ({ start, end })),
  lessonMinutes: null,
  priceCents: null,
  capacity: null,
  ...more,
});

/** Time off that happens once, unless more is said. */
export const timeOff = (from: string, until: string, more: Partial<TimeOff> = {}): TimeOff => ({
  id: newId<TimeOffId>(),
  tutorId,
  ...range(from, until),
  rrule: null,
  startWall: null,
  timezone: 'UTC',
  exdates: [],
  ...more,
});

/** Time that the tutor's calendars say is taken. */
export const busy = (from: string, until: string) => ({ id: newId<TimeOffId>(), tutorId, ...range(from, until) });

/** A tutor who teaches nothing, unless more is said. */
export const teaching = (more: Partial<Teaching> = {}): Teaching => ({
  tutorId,
  settings,
  blocks: [],
  overrides: [],
  timeOff: [],
  busy: [],
  calendars: 'read',
  ...more,
});
