import { isoOf, minutes, weekLater } from '../calendar.ts';
import { kind } from '../operation.ts';
import { pick, type Random } from '../random.ts';
import { free, lapse, want } from '../seats.ts';
import type { Service } from '../service.ts';
import type { ModelLesson, ModelTerms, ModelTutor, World } from '../world.ts';

const drawTerms = (random: Random): Omit<ModelTerms, 'policy'> => ({
  timezone: random.oneOf(['Europe/Kyiv', 'America/New_York', 'Pacific/Auckland']),
  currency: random.oneOf(['USD', 'USD', 'USD', 'EUR']),
  before: random.oneOf([0, 0, 15, 30]),
  after: random.oneOf([0, 0, 15, 30]),
  notice: random.oneOf([0, 0, 120, 1440]),
  perDay: random.oneOf([null, null, 1, 3]),
  perWeek: random.oneOf([null, null, 2, 5]),
});

/** Lessons of two lengths, prices and sizes, at half hours of one day or so. */
function drawGroups(random: Random) {
  const first = random.oneOf([0, 0, 24, 48, 96]);
  const halfHours = Array.from({ length: 40 }, (_, i) => first + i);
  const starts = random.someOf(halfHours, random.oneOf([0, 0.15, 0.3]));
  const groups = Array.from({ length: 2 }, () => ({
    minutes: random.oneOf([30, 45, 60, 90]),
    price: random.oneOf([0, 1000, 2500, 2500]),
    capacity: random.oneOf([1, 1, 1, 2, 3]),
  }));
  return starts.map((halfHour) => ({ halfHour, ...random.oneOf(groups) }));
}

/** Has a tutor want exactly these lessons, from now on. */
function publishIn(world: World, tutor: ModelTutor, lessons: readonly ModelLesson[]): void {
  lapse(world, (hold) => hold.slot.tutor === tutor);
  tutor.wanted = [...lessons];
  const ahead = lessons.filter(({ start }) => start >= world.now);
  for (const slot of world.slots) {
    if (slot.tutor === tutor && slot.start >= world.now && !ahead.some(({ start }) => start === slot.start))
      slot.offered = false;
  }
  for (const lesson of ahead) {
    const known = world.slots.find((slot) => slot.tutor === tutor && slot.start === lesson.start);
    if (known?.offered && isSame(known.later ?? known, lesson)) continue;
    if (known) {
      want(world, known, lesson);
      free(world, [known]);
    } else {
      const name = `${tutor.name}+${(lesson.start - world.began) / minutes(1)}`;
      const fresh = {
        name,
        tutor,
        id: null,
        offered: true,
        withheld: false,
        later: null,
        taken: { from: 0, until: 0 },
      };
      const slot = { ...lesson, ...fresh };
      world.slots.push(slot);
      free(world, [slot]);
    }
  }
}

const isSame = (a: ModelLesson, b: ModelLesson): boolean =>
  a.end === b.end && a.price === b.price && a.currency === b.currency && a.capacity === b.capacity;

/** The same for the service; the slots of the model learn their ids. */
async function publishOut(world: World, service: Service, tutor: ModelTutor): Promise<Record<string, never>> {
  const { timezone, before, after, notice, perDay, perWeek, policy, currency } = tutor.terms!;
  const terms = {
    timezone,
    currency,
    buffer_before_minutes: before,
    buffer_after_minutes: after,
    minimum_notice_minutes: notice,
    ...(perDay !== null && { maximum_lessons_per_day: perDay }),
    ...(perWeek !== null && { maximum_lessons_per_week: perWeek }),
    ...(policy.id !== null && { cancellation_policy_id: policy.id }),
  };
  const openings = tutor.wanted
    .filter(({ start }) => start >= world.now)
    .map(({ start, end, price, capacity }) => ({
      minutes: (end - start) / minutes(1),
      price_cents: price,
      capacity,
      starts: [isoOf(start)],
    }));
  const ids = await service.publish(tutor.id, openings, terms);
  for (const slot of world.slots) if (slot.tutor === tutor) slot.id ??= ids.get(slot.start) ?? null;
  return {};
}

export const publish = kind({
  name: 'publish',
  weight: 5,
  draw: (random) => ({
    tutor: random.lot(),
    terms: drawTerms(random),
    policy: random.lot(),
    keepsTerms: random.chance(0.4),
    weeks: random.oneOf([1, 1, 3]),
    groups: drawGroups(random),
  }),
  aim(world, lots, service) {
    const tutor = pick(world.tutors, lots.tutor)!;
    return {
      about: `${tutor.name} offers ${lots.groups.length} lessons${lots.keepsTerms ? '' : ` on terms ${JSON.stringify(lots.terms)}`}`,
      expected() {
        if (!tutor.terms || !lots.keepsTerms)
          tutor.terms = { ...lots.terms, policy: pick(world.policies, lots.policy)! };
        const { currency } = tutor.terms;
        const midnight = world.now - ((world.now - world.began) % minutes(30));
        const lessons = lots.groups.map(({ halfHour, minutes: length, price, capacity }) => {
          const start = midnight + minutes(30) * (halfHour + 1);
          return { start, end: start + minutes(length), price, capacity, currency };
        });
        publishIn(world, tutor, forWeeks(lessons, lots.weeks, tutor.terms.timezone));
        return {};
      },
      actual: () => publishOut(world, service, tutor),
    };
  },
});

/** The same lessons at the same times of day for some weeks. */
const forWeeks = (lessons: readonly ModelLesson[], weeks: number, zone: string): ModelLesson[] =>
  Array.from({ length: weeks }, (_, week) =>
    lessons.map((lesson) => {
      const start = weekLater(lesson.start, week, zone);
      return { ...lesson, start, end: start + lesson.end - lesson.start };
    }),
  ).flat();

export const timeOff = kind({
  name: 'time off',
  weight: 3,
  draw: (random) => ({ tutor: random.lot(), from: random.below(72), hours: random.oneOf([2, 6, 24]) }),
  aim(world, lots, service) {
    const tutor = pick(world.tutors, lots.tutor)!;
    if (!tutor.terms) return null;
    const from = world.now + minutes(60) * lots.from;
    const until = from + minutes(60) * lots.hours;
    return {
      about: `${tutor.name} takes ${lots.hours} h off, in ${lots.from} h`,
      expected() {
        publishIn(
          world,
          tutor,
          tutor.wanted.filter(({ start, end }) => end <= from || start >= until),
        );
        return {};
      },
      actual: () => publishOut(world, service, tutor),
    };
  },
});
