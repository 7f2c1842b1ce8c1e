import { setTimeout as pause } from 'node:timers/promises';
import type { PersonId } from '@scheduling/domain';
import { until } from '@scheduling/testing';
import { CalendarListService } from '../src/calendars/calendar-list.service.ts';
import { GoogleFailure, isForLater } from '../src/google/google-failure.ts';
import { DriftService } from '../src/lessons/drift.service.ts';
import { disagreements } from './convergence/comparison.ts';
import { Lessons } from './convergence/lessons.ts';
import { People } from './convergence/people.ts';
import { Random } from './convergence/random.ts';
import { scenario, type Scenario } from './scenario.ts';

// oxlint-disable-next-line node/no-process-env -- the same test is a proof of another size where `npm run prove` says so
const size = (name: string, usual: number) => Number(process.env[name] ?? usual);
const PEOPLE = size('CONVERGENCE_PEOPLE', 8);
const CHANGES = size('CONVERGENCE_CHANGES', 100);
const SEED = size('CONVERGENCE_SEED', 1);

/** All that goes wrong at Google at once. */
const FAULTS = {
  requests: [
    { kind: 'status', status: 401, share: 0.02 },
    { kind: 'status', status: 403, reason: 'rateLimitExceeded', share: 0.02 },
    { kind: 'status', status: 429, share: 0.01 },
    { kind: 'status', status: 500, share: 0.02 },
    { kind: 'status', status: 503, share: 0.02 },
    { kind: 'reset', share: 0.02 },
    { kind: 'drop_reply', share: 0.05 },
    // One that hangs costs ten seconds: the small run has none.
    { kind: 'hang', share: CHANGES > 500 ? 0.001 : 0 },
  ],
  pushes: { lose: 0.3, duplicate: 0.3, reorder: 0.3 },
  meet: 'pending',
  clock_skew_s: 90,
} as const;

describe('both sides', () => {
  const random = new Random(SEED);
  let s: Scenario;
  let people: People;
  let lessons: Lessons;
  beforeAll(async () => {
    s = await scenario({ replicas: 2 });
    people = new People(s, random);
    lessons = new Lessons(s, people, random);
    await people.arrive(PEOPLE);
  }, 600_000);
  afterAll(() => s.end());

  const CHOICES: [number, () => void | Promise<void>][] = [
    [4, () => people.addPrivate()],
    [4, () => people.changePrivate()],
    [5, () => lessons.confirm()],
    [3, () => lessons.reschedule()],
    [2, () => lessons.cancel()],
    [1, () => lessons.link()],
    [3, () => people.touchLesson()],
    [1, () => people.change()],
    [2, async () => void (await lessons.answer())],
  ];
  const changeOnce = async (n: number): Promise<void> => {
    // From time to time all sync tokens are over, and whatever was postponed comes again.
    if (n % 25 === 0) s.google.setFaults({ ...FAULTS, seed: SEED + n, expire_sync_tokens: n % 50 === 0 });
    if (n % 10 === 0) await hurry();
    let draw = random.below(CHOICES.reduce((sum, [weight]) => sum + weight, 0));
    for (const [weight, change] of CHOICES) {
      draw -= weight;
      if (draw < 0) return change();
    }
  };

  /** Changes rows that nobody works on just now: workers must not wait for a test. */
  const nudge = (table: string, change: string, where: string) =>
    s.source.query(
      `update ${table} set ${change} where ctid in (select ctid from ${table} where ${where} for update skip locked) and ${where}`,
    );
  /** Whatever was postponed is due. */
  const hurry = async () => {
    await nudge('lesson_events', 'next_attempt_at = now()', "state = 'planned'");
    await nudge('watched_calendars', 'next_attempt_at = now()', "state = 'planned'");
    await nudge('google_oauth_accounts', 'next_list_at = now()', "state = 'connected' and read_at is null");
  };
  const isQuiet = async () => {
    const [{ due }] = await s.source.query(
      `select (select count(*) from watched_calendars where state <> 'idle' and next_attempt_at <= now())
            + (select count(*) from lesson_events where state <> 'idle' and next_attempt_at <= now()) as due`,
    );
    return Number(due) === 0;
  };
  /** One round: everything is read, and what follows from it is written. */
  const round = async () => {
    await s.google.pushesSettled();
    await nudge('google_oauth_accounts', 'next_list_at = now()', "state = 'connected'");
    await s.get(CalendarListService).readDue();
    const asked = "next_attempt_at = now(), asked_at = date_trunc('milliseconds', now())";
    await nudge('watched_calendars', asked, "state <> 'idle'");
    await until(
      'a round to end',
      async () => {
        // Whoever asks without a pause keeps everybody else from working.
        await pause(100);
        await nudge(
          'lesson_events',
          'next_attempt_at = now()',
          "state = 'planned' and next_attempt_at > now() + interval '1 second'",
        );
        await nudge('watched_calendars', 'next_attempt_at = now()', "state = 'planned' and attempts > 0");
        const [{ due }] = await s.source.query(
          `select (select count(*) from watched_calendars
                    where (is_busy or is_written)
                      and (state <> 'planned' or next_attempt_at <= now() or asked_at > coalesce(synced_at, '-infinity')))
                + (select count(*) from lesson_events where state <> 'idle') as due`,
        );
        return Number(due) === 0;
      },
      180,
    );
  };

  /** Compares as soon as somebody may ask again: whom Google refused just now still rests. */
  const compare = (person: PersonId) =>
    until(
      'a comparison',
      async () => {
        try {
          await s.get(DriftService).compare(person);
          return true;
        } catch (error) {
          if (!(error instanceof GoogleFailure && isForLater(error))) throw error;
          await pause(100);
          return false;
        }
      },
      120,
    );

  it(
    'agree within two rounds after everything went wrong at once, and Google was never stormed',
    async () => {
      s.google.setFaults({ ...FAULTS, seed: SEED });
      for (let n = 1; n <= CHANGES; n++) {
        const asked = s.google.requests().length;
        await changeOnce(n);
        // What has changed meets what is under way, and is not all over before anybody has looked.
        if (n % 2 === 0)
          await until('something to be asked', async () => s.google.requests().length > asked + 2 || (await isQuiet()));
      }
      s.google.setFaults({});
      await lessons.catchUp();
      // Whoever took back their consent is told so when it is used next.
      await hurry();
      await people.connectAll();
      await round();
      await lessons.answer(true);
      await lessons.catchUp();
      await round();
      for (const { id } of people.all) await compare(id);
      await until('the repairs to be written', async () => {
        await pause(100);
        await hurry();
        return (
          (await lessons.answer(true)) === 0 &&
          (await s.source.query("select 1 from lesson_events where state <> 'idle'")).length === 0
        );
      });

      expect(await disagreements(s, people, lessons)).toEqual([]);
      const { person, project } = s.google.busiest();
      expect(person).toBeLessThanOrEqual(600);
      expect(project).toBeLessThanOrEqual(10_000);
      const [{ repairs }] = await s.source.query('select count(*) as repairs from repairs');
      console.log(
        `${PEOPLE} people, ${CHANGES} changes, seed ${SEED}: ${lessons.live().length} of ${lessons.all.size} lessons stand, ` +
          `${repairs} put right, ${s.google.requests().length} requests, at most ${person} a minute for one, ${project} for all`,
      );
    },
    // As long as a large one may take.
    1_800_000,
  );
});
