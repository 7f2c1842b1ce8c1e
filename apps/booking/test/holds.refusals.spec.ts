import { HoldLimit, SlotHeldByOthers, SlotRefused, StudentBusy } from '../src/holds/holds.errors.ts';
import { type Scenario, scenario } from './scenario.ts';

const at = (hour: number, day = 4) => `2030-03-0${day}T${String(hour).padStart(2, '0')}:00:00.000Z`;

describe('a hold that is refused', () => {
  let s: Scenario;
  beforeAll(async () => {
    s = await scenario();
  });
  afterAll(() => s.end());

  const refusalOf = async (attempt: Promise<unknown>): Promise<SlotRefused> => {
    const error: unknown = await attempt.then(
      () => null,
      (reason: unknown) => reason,
    );
    expect(error).toBeInstanceOf(SlotRefused);
    return error as SlotRefused;
  };

  it('names the three nearest slots of the tutor that are free', async () => {
    const tutor = s.person();
    await s.publish(tutor, { starts: [8, 10, 12, 13, 16].map((hour) => at(hour)) });
    const [, ten, noon, one] = await s.slotsOf(tutor);
    await s.hold(s.person(), noon!);
    const refusal = await refusalOf(s.hold(s.person(), noon!));
    expect(refusal).toBeInstanceOf(SlotHeldByOthers);
    const alternatives = refusal.facts['alternatives'] as { slot_id: string; start_at: string }[];
    expect(alternatives.map(({ start_at }) => start_at)).toEqual([at(13), at(10), at(8)]);
    expect(alternatives.map(({ slot_id }) => slot_id).slice(0, 2)).toEqual([one, ten]);
  });

  it('says what the student has in the way', async () => {
    const student = s.person();
    const booking = await s.book(await s.slot({ starts: [at(12, 5)] }), student);
    const refusal = await refusalOf(s.hold(student, await s.slot({ starts: [at(12, 5)] })));
    expect(refusal).toBeInstanceOf(StudentBusy);
    expect(refusal.facts['yours']).toMatchObject({ holds: [], bookings: [{ booking_id: booking.id }] });
  });

  it('is the twenty-first of an hour, however many were let go; the next hour begins anew', async () => {
    const student = s.person();
    for (let i = 0; i < 20; i++) {
      const slot = await s.slot({ starts: [at(12, 6)] });
      await s.hold(student, slot);
      await s.holds.release(student, slot);
    }
    const slot = await s.slot({ starts: [at(12, 6)] });
    const refusal = await refusalOf(s.hold(student, slot));
    expect(refusal).toBeInstanceOf(HoldLimit);
    expect(refusal.facts).toMatchObject({ limit: 20, per: 'hour', yours: { holds: [] } });
    s.clock.advance(61);
    expect((await s.hold(student, slot)).isRepeated).toBe(false);
  });
});
