import { isDeepStrictEqual } from 'node:util';
import { newId, type PersonId } from '@scheduling/domain';
import type { PaymentsScenario } from '../payments.scenario.ts';
import type { Aimed, Answer, Drawn } from './operation.ts';
import { moveOn } from './lines.ts';
import { arrive } from './money.ts';
import { KINDS } from './operations/all.ts';
import { publish } from './operations/publish.ts';
import { Random } from './random.ts';
import { settle } from './seats.ts';
import { Service } from './service.ts';
import { type ModelPolicy, World } from './world.ts';

const TUTORS = 3;
const STUDENTS = 8;

/** Where the service and the model differ, and all that had happened until then. */
export interface Difference {
  /** How many of the operations there were until then. */
  readonly drawn: number;
  readonly told: readonly string[];
  readonly expected: unknown;
  readonly actual: unknown;
}

/** What became of a list of operations: how each kind ended, and the difference it stopped at, if any. */
export interface Story {
  readonly ends: ReadonlyMap<string, number>;
  readonly difference: Difference | null;
}

/** Draws a list of operations: each tutor offers something, and then anything may happen. */
export function drawList(seed: number, length: number): Drawn[] {
  const random = new Random(seed);
  const bag = KINDS.flatMap((kind) => Array.from({ length: kind.weight }, () => kind));
  const offers = Array.from({ length: TUTORS }, (_, tutor) => ({
    kind: publish,
    lots: { ...publish.draw(random), tutor },
  }));
  const rest = Array.from({ length: length - TUTORS }, () => {
    const kind = random.oneOf(bag);
    return { kind, lots: kind.draw(random) };
  });
  return [...offers, ...rest];
}

/** Has the operations happen to new people, in the model and in the service, until they differ. */
export async function tell(
  s: PaymentsScenario,
  drawn: readonly Drawn[],
  policies: readonly ModelPolicy[],
): Promise<Story> {
  const world = newWorld(s.clock.now().getTime(), policies);
  const service = new Service(s);
  const told: string[] = [];
  const ends = new Map<string, number>();
  for (const [i, { kind, lots }] of drawn.entries()) {
    arrive(world);
    settle(world);
    await service.settled();
    const aimed = kind.aim(world, lots, service);
    if (!aimed) continue;
    const expected = aimed.expected();
    moveOn(world);
    told.push(`${aimed.about} → ${brief(expected)}`);
    const actual = await answerOf(aimed);
    const end = `${kind.name}: ${'refused' in expected ? String(expected.refused) : 'done'}`;
    ends.set(end, (ends.get(end) ?? 0) + 1);
    if (!isDeepStrictEqual(actual, expected)) return { ends, difference: { drawn: i + 1, told, expected, actual } };
  }
  return { ends, difference: null };
}

/** What the service says; that it breaks is an answer, too. */
async function answerOf({ actual }: Aimed): Promise<Answer | Error> {
  try {
    return await actual();
  } catch (error) {
    return error as Error;
  }
}

function newWorld(now: number, policies: readonly ModelPolicy[]): World {
  const tutors = Array.from({ length: TUTORS }, (_, i) => ({
    name: `tutor${i}`,
    id: newId<PersonId>(),
    terms: null,
    wanted: [],
  }));
  const students = Array.from({ length: STUDENTS }, (_, i) => ({
    name: `student${i}`,
    id: newId<PersonId>(),
    credits: [],
  }));
  return new World(tutors, students, policies, now, now);
}

const brief = (answer: Answer): string =>
  Array.isArray(answer) ? `${answer.length} of them` : JSON.stringify(answer).slice(0, 120);
