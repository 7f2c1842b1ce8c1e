import type { World } from './world.ts';

/** Has something happen in the world, or nothing of it where it ends in a refusal. */
export function transaction<Result extends object>(world: World, work: () => Result): Result {
  const lists = [world.slots, world.holds, world.bookings] as object[][];
  const before = lists.map((list) => list.map((thing) => [thing, { ...thing }] as const));
  const credits = world.students.map((student) => student.credits.map((credit) => ({ ...credit })));
  const weeks = world.subscriptions.flatMap((own) => own.weeks.map((week) => [week, { ...week }] as const));
  const result = work();
  if (!('refused' in result)) return result;
  world.freed.length = 0;
  for (const [i, list] of lists.entries()) {
    list.length = before[i]!.length;
    for (const [thing, as] of before[i]!) Object.assign(thing, as);
  }
  for (const [week, as] of weeks) Object.assign(week, as);
  for (const [i, student] of world.students.entries()) student.credits = credits[i]!;
  return result;
}
