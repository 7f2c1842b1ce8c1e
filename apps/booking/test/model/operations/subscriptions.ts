import { isoOf, minutes } from '../calendar.ts';
import { endOfWeek } from '../money.ts';
import { kind } from '../operation.ts';
import type { ModelStudent, World } from '../world.ts';
import { someStudent } from './choices.ts';

/** What a student may book with their subscription in the week that runs now. */
function allowanceOf(world: World, student: ModelStudent) {
  const own = world.subscriptions.find((subscription) => subscription.student === student);
  if (!own) return {};
  const until = endOfWeek(world, own.start);
  const used = own.weeks.find((week) => week.until === until)?.used ?? 0;
  return { allowance: own.allowance, used, until: isoOf(until) };
}

export const subscribe = kind({
  name: 'subscribe',
  weight: 3,
  // It began so long ago that a week may end soon.
  draw: (random) => ({ student: random.lot(), ago: 10_080 - random.below(600), allowance: random.oneOf([1, 2, 4]) }),
  aim(world, lots, service) {
    const student = someStudent(world, lots.student);
    if (world.subscriptions.some((own) => own.student === student)) return null;
    const start = world.now - minutes(lots.ago);
    return {
      about: `${student.name} subscribes to ${lots.allowance} lessons a week, ${lots.ago} minutes ago`,
      expected() {
        world.subscriptions.push({ student, start, allowance: lots.allowance, weeks: [] });
        return allowanceOf(world, student);
      },
      actual: () => service.subscribe(student.id, lots.allowance, new Date(start)),
    };
  },
});

export const allowance = kind({
  name: 'allowance',
  weight: 3,
  draw: (random) => ({ student: random.lot() }),
  aim(world, lots, service) {
    const student = someStudent(world, lots.student);
    return {
      about: `${student.name} looks at their subscription`,
      expected: () => allowanceOf(world, student),
      actual: () => service.allowance(student.id),
    };
  },
});

/** Housekeeping: nobody may be able to tell. */
export const renew = kind({
  name: 'renew',
  weight: 1,
  draw: () => null,
  aim: (_world, _lots, service) => ({
    about: 'weeks of subscriptions that are due begin',
    expected: () => ({}),
    actual: () => service.renew(),
  }),
});
