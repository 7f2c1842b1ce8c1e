import { rush } from '@scheduling/testing';
import { HoldLapsed, HoldLimit, SlotHeldByOthers } from '../src/holds/holds.errors.ts';
import { type Scenario, scenario } from './scenario.ts';

describe('a hold', () => {
  let s: Scenario;
  beforeAll(async () => {
    s = await scenario();
  });
  afterAll(() => s.end());

  it('is repeated unextended', async () => {
    const [slot, student] = [await s.slot(), s.person()];
    const first = await s.hold(student, slot);
    s.clock.advance(1);
    const second = await s.hold(student, slot);
    expect(second.isRepeated).toBe(true);
    expect(second.hold).toEqual(first.hold);
  });

  it('lets the next student in the moment it has run out, and says so before that one’s own', async () => {
    const slot = await s.slot();
    await s.hold(s.person(), slot);
    s.clock.advance(9);
    await expect(s.hold(s.person(), slot)).rejects.toThrow(SlotHeldByOthers);
    s.clock.advance(1);
    await expect(s.hold(s.person(), slot)).resolves.toMatchObject({ hold: { seat: 1 } });
    expect(await s.announced(slot)).toEqual(['SlotHeld', 'SlotReleased', 'SlotHeld']);
  });

  it('that ran out is let go once by twenty who want its time at once', async () => {
    const slot = await s.slot();
    await s.hold(s.person(), slot);
    s.clock.advance(10);
    const { won } = await rush(20, () => s.hold(s.person(), slot));
    expect(won).toHaveLength(1);
    expect(await s.announced(slot)).toEqual(['SlotHeld', 'SlotReleased', 'SlotHeld']);
  });

  it('that ran out with another tutor frees the student’s time here', async () => {
    const [there, here, student] = [await s.slot(), await s.slot(), s.person()];
    await s.hold(student, there);
    s.clock.advance(10);
    await s.hold(student, here);
    expect(await s.announced(there)).toEqual(['SlotHeld', 'SlotReleased']);
    expect(await s.status(there)).toBe('open');
    expect(await s.claims(there)).toEqual([]);
  });

  it('is swept once when nobody wants its time', async () => {
    const slot = await s.slot();
    await s.hold(s.person(), slot);
    expect(await s.claims(slot)).toHaveLength(2);
    s.clock.advance(10);
    await Promise.all([s.holds.sweep(), s.holds.sweep()]);
    expect(await s.announced(slot)).toEqual(['SlotHeld', 'SlotReleased']);
    expect(await s.claims(slot)).toEqual([]);
    expect(await s.status(slot)).toBe('open');
  });

  it('cannot be confirmed once it has run out, and nothing is charged', async () => {
    const [slot, student] = [await s.slot(), s.person()];
    await s.grant(student, 5000);
    await s.hold(student, slot);
    s.clock.advance(10);
    await expect(s.confirm(student, slot)).rejects.toThrow(HoldLapsed);
    expect(await s.balance(student)).toBe(5000);
  });

  it('is one of three at most', async () => {
    const [student, tutor] = [s.person(), s.person()];
    const hours = [13, 14, 15, 16].map((hour) => `2030-03-01T${hour}:00:00.000Z`);
    await s.publish(tutor, { starts: hours });
    const slots = await s.listed(tutor);
    for (const slot of slots.slice(0, 3)) await s.hold(student, slot.id);
    await expect(s.hold(student, slots[3]!.id)).rejects.toThrow(HoldLimit);
  });

  it('keeps the tutor’s claim exactly as long as the longest of a group', async () => {
    const slot = await s.slot({ capacity: 3 });
    const [first, second] = [s.person(), s.person()];
    const start = s.clock.now().getTime();
    await s.hold(first, slot);
    s.clock.advance(5);
    await s.hold(second, slot);
    const minutesOfTutor = async () => ((await s.claims(slot))[0]?.expires_at?.getTime() ?? NaN) - start;
    expect(await minutesOfTutor()).toBe(15 * 60_000);

    s.clock.advance(5);
    await s.holds.sweep();
    expect((await s.claims(slot)).map(({ seat }) => seat)).toEqual([0, 2]);
    expect(await minutesOfTutor()).toBe(15 * 60_000);

    s.clock.advance(5);
    await s.holds.sweep();
    expect(await s.claims(slot)).toEqual([]);
  });
});
