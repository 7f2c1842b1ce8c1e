import type { PersonId } from '@scheduling/domain';
import { rush } from '@scheduling/testing';
import { SlotRefused } from '../src/holds/holds.errors.ts';
import { SeriesConflict } from '../src/series/series.errors.ts';
import { FRIDAYS, type SeriesScenario, seriesScenario } from './series.scenario.ts';

const ROUNDS = 5;

describe('series that race', () => {
  let s: SeriesScenario;
  beforeEach(async () => (s = await seriesScenario()));
  afterEach(() => s.end());

  /** Who sits in each of a tutor's slots, by the order of their starts. */
  const studentsOf = async (tutor: PersonId): Promise<(PersonId | null)[]> => {
    const rows: { student: PersonId | null }[] = await s.source.query(
      `select (select student_id from bookings b where b.slot_id = s.id and b.status in ('pending_payment', 'confirmed')) as student
         from slots s where tutor_id = $1 order by start_at`,
      [tutor],
    );
    return rows.map(({ student }) => student);
  };

  it('over shared weeks never interleave: one has all of its dates, the other none', async () => {
    for (let round = 0; round < ROUNDS; round++) {
      const { tutor } = await s.teach();
      const slots = await s.slotsOf(tutor);
      // They begin in different weeks, and meet in those between.
      const { won, refusals } = await rush(8, (i) => s.make(s.person(), slots[i % 3]!, { ends: { count: 4 } }));
      expect(won).toHaveLength(1);
      for (const refusal of refusals) expect(refusal).toBeInstanceOf(SeriesConflict);
      const [winner] = won;
      const students = (await studentsOf(tutor)).filter((student) => student !== null);
      expect(students).toEqual(Array.from({ length: 4 }, () => winner!.student_id));
    }
  });

  it('over weeks that nobody offers yet never interleave either', async () => {
    for (let round = 0; round < ROUNDS; round++) {
      const { tutor } = await s.teach({ starts: FRIDAYS.slice(0, 2), horizon: '2030-03-16T00:00:00.000Z' });
      const [first, second] = await s.slotsOf(tutor);
      const { won, refusals } = await rush(2, (i) =>
        i === 0
          ? s.make(s.person(), first!, { rule: 'biweekly', ends: { count: 3 } })
          : s.make(s.person(), second!, { ends: { count: 4 } }),
      );
      expect(won).toHaveLength(1);
      expect(refusals).toEqual([expect.any(SeriesConflict)]);
      await s.teach({ tutor });
      await s.settle();
      expect(new Set(await s.outcomes(won[0]!))).toEqual(new Set(['pending_payment']));
    }
  });

  it('leave all of them to one where they skip what is taken', async () => {
    const { tutor, slot } = await s.teach();
    const { won } = await rush(6, () => s.make(s.person(), slot, { ends: { count: 7 }, onConflict: 'skip' }));
    expect(won).toHaveLength(1);
    expect(new Set(await studentsOf(tutor)).size).toBe(1);
  });

  it('of one student with two tutors at the same time: one has all, the other none', async () => {
    for (let round = 0; round < ROUNDS; round++) {
      const student = s.person();
      const tutors = [await s.teach(), await s.teach()];
      const { won, refusals } = await rush(2, (i) => s.make(student, tutors[i]!.slot));
      expect([won.length, refusals.length]).toEqual([1, 1]);
      expect(refusals[0]).toBeInstanceOf(SeriesConflict);
    }
  });

  it('with holds on single weeks leave no week to two', async () => {
    for (let round = 0; round < ROUNDS; round++) {
      const { tutor, slot } = await s.teach();
      const slots = await s.slotsOf(tutor);
      const { refusals } = await rush(9, async (i): Promise<unknown> => {
        if (i % 3 === 0) return s.make(s.person(), slot, { ends: { count: 7 } });
        return s.hold(s.person(), slots[i % slots.length]!);
      });
      for (const refusal of refusals) expect(isPolite(refusal)).toBe(true);
      for (const each of slots) expect((await s.claims(each)).length).toBeLessThanOrEqual(2);
    }
  });

  it('with the horizon that moves on under them leave no date out', async () => {
    const [near, far] = ['2030-03-16T00:00:00.000Z', '2030-05-01T00:00:00.000Z'];
    for (let round = 0; round < ROUNDS; round++) {
      const { tutor, slot } = await s.teach({ starts: FRIDAYS.slice(0, 2), horizon: near });
      const student = s.person();
      const night = () => s.teach({ tutor, horizon: far });
      const { won, refusals } = await rush(2, async (i): Promise<unknown> =>
        i === 0 ? s.make(student, slot, { ends: { count: 7 } }) : night(),
      );
      expect([won.length, refusals]).toEqual([2, []]);
      await s.settle();
      expect(await studentsOf(tutor)).toEqual(FRIDAYS.map(() => student));
    }
  });

  it('with their own cancellation end whole', async () => {
    const { tutor, slot } = await s.teach();
    const student = s.person();
    const series = await s.make(student, slot);
    const [first] = s.lessons(series);
    const { refusals } = await rush(4, async (i): Promise<unknown> => {
      if (i === 0) return s.cancel(student, first!);
      return s.cancelSeries(i === 1 ? tutor : student, series.series_id, { scope: 'all' });
    });
    expect(refusals).toEqual([]);
    expect(await s.outcomes(series)).toEqual(['canceled', 'canceled', 'canceled', 'canceled']);
    expect((await s.statedOf(tutor)).filter(([name]) => name === 'BookingCanceled')).toHaveLength(4);
    for (const each of await s.slotsOf(tutor)) expect(await s.claims(each)).toEqual([]);
  });
});

const isPolite = (refusal: unknown): boolean => refusal instanceof SeriesConflict || refusal instanceof SlotRefused;
