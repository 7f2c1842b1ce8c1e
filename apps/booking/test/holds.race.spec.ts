import { rush } from '@scheduling/testing';
import { TimeTaken } from '../src/claims/claims.errors.ts';
import { SlotHeldByOthers, TutorBusy } from '../src/holds/holds.errors.ts';
import { type Scenario, scenario } from './scenario.ts';

const REFUSED_IN_A_RACE = [SlotHeldByOthers, TutorBusy, TimeTaken];

describe('placing holds', () => {
  let s: Scenario;
  beforeAll(async () => {
    s = await scenario();
  });
  afterAll(() => s.end());

  it('gives three seats to twenty rushing students exactly three times', async () => {
    const slot = await s.slot({ capacity: 3 });

    const { won, refusals } = await rush(20, () => s.hold(s.person(), slot));

    expect(won.map(({ hold }) => hold.seat).toSorted((a, b) => a - b)).toEqual([1, 2, 3]);
    expect(refusals.filter((refusal) => refusal instanceof SlotHeldByOthers)).toHaveLength(17);
    expect(await s.announced(slot)).toEqual(['SlotHeld', 'SlotHeld', 'SlotHeld']);
  });

  it('never puts a tutor into two lessons at once', async () => {
    const tutor = s.person();
    await s.publish(tutor, { starts: ['2030-03-01T12:00:00.000Z', '2030-03-01T12:30:00.000Z'] });
    const [early, late] = await s.listed(tutor);

    const { won, refusals } = await rush(20, (i) => s.hold(s.person(), i % 2 ? early!.id : late!.id));

    expect(won).toHaveLength(1);
    expect(refusals.every((refusal) => REFUSED_IN_A_RACE.some((kind) => refusal instanceof kind))).toBe(true);
  });

  it('never puts a student into two lessons at once', async () => {
    const student = s.person();
    const slots = await Promise.all(Array.from({ length: 10 }, () => s.slot()));
    const { won } = await rush(10, (i) => s.hold(student, slots[i]!));
    expect(won).toHaveLength(1);
  });

  it('answers the same hold to a student who asks ten times at once', async () => {
    const [slot, student] = [await s.slot(), s.person()];

    const { won } = await rush(10, () => s.hold(student, slot));

    expect(won).toHaveLength(10);
    expect(new Set(won.map(({ hold }) => hold.id)).size).toBe(1);
    expect(won.filter(({ isRepeated }) => !isRepeated)).toHaveLength(1);
    expect(await s.announced(slot)).toEqual(['SlotHeld']);
  });

  it('lets two who want the same two people wait for each other, and never deadlock', async () => {
    const [ann, bob] = [s.person(), s.person()];
    const ofAnn = await s.slot({ tutor: ann });
    const ofBob = await s.slot({ tutor: bob });
    // Each is the other's student at the same hour: only one of the two lessons can be.
    const { won } = await rush(20, (i) => (i % 2 ? s.hold(ann, ofBob) : s.hold(bob, ofAnn)));
    expect(new Set(won.map(({ hold }) => hold.id)).size).toBe(1);
  });

  describe('with the application’s own checks removed', () => {
    const claim = (slot: string, person: string, seat: number, from = '12:00') =>
      s.source.query(
        `insert into claims (slot_id, person_id, seat, during) values ($1, $2, $3, tstzrange($4, $4::timestamptz + '1 hour'))`,
        [slot, person, seat, `2030-03-01T${from}:00Z`],
      );

    it('still cannot sell a seat twice', async () => {
      const slot = await s.slot();
      const { won, refusals } = await rush(20, () => claim(slot, s.person(), 1));
      expect([won.length, refusals.length]).toEqual([1, 19]);
    });

    it('still cannot put a person into two lessons at once', async () => {
      const person = s.person();
      const slots = await Promise.all(Array.from({ length: 20 }, () => s.slot()));
      const { won, refusals } = await rush(20, (i) => claim(slots[i]!, person, 1, `12:${10 + i}`));
      expect([won.length, refusals.length]).toEqual([1, 19]);
      expect(refusals[0]).toMatchObject({ driverError: { constraint: 'claims_one_lesson_at_a_time' } });
    });
  });
});
