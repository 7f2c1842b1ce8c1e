import { rush } from '@scheduling/testing';
import { HoldConfirmed, HoldNotFound } from '../src/holds/holds.errors.ts';
import { type Scenario, scenario } from './scenario.ts';

describe('letting go of a hold', () => {
  let s: Scenario;
  beforeAll(async () => {
    s = await scenario();
  });
  afterAll(() => s.end());

  it('frees the seat at once, and is said once however often it is asked for', async () => {
    const [slot, student] = [await s.slot(), s.person()];
    await s.hold(student, slot);
    await Promise.all([1, 2, 3, 4, 5].map(() => s.holds.release(student, slot)));
    await s.holds.release(student, slot);
    expect([await s.status(slot), await s.claims(slot)]).toEqual(['open', []]);
    expect(await s.announced(slot)).toEqual(['SlotHeld', 'SlotReleased']);
    expect((await s.hold(s.person(), slot)).isRepeated).toBe(false);
  });

  it('leaves the other seats of a group as they are, and the tutor’s time with the longest', async () => {
    const slot = await s.slot({ capacity: 3 });
    const [early, late] = [s.person(), s.person()];
    await s.hold(early, slot);
    s.clock.advance(3);
    const { hold } = await s.hold(late, slot);
    await s.holds.release(early, slot);
    expect(await s.claims(slot)).toEqual([
      { seat: 0, expires_at: hold.expiresAt },
      { seat: 2, expires_at: hold.expiresAt },
    ]);
  });

  it('is refused for a hold that became a booking, and for one that never was', async () => {
    const slot = await s.slot({ starts: ['2030-03-04T12:00:00.000Z'] });
    const { studentId } = await s.book(slot);
    await expect(s.holds.release(studentId, slot)).rejects.toThrow(HoldConfirmed);
    await expect(s.holds.release(s.person(), slot)).rejects.toThrow(HoldNotFound);
    expect(await s.status(slot)).toBe('booked');
  });

  it('and confirming it at once ends in a booking or in nothing, never in both', async () => {
    const [slot, student] = [await s.slot({ starts: ['2030-03-05T12:00:00.000Z'] }), s.person()];
    await s.grant(student, 2500);
    await s.hold(student, slot);
    const { won } = await rush<unknown>(2, (i) => (i ? s.confirm(student, slot) : s.holds.release(student, slot)));
    expect(won).toHaveLength(1);
    const isBooked = won[0] !== undefined;
    expect(await s.balance(student)).toBe(isBooked ? 0 : 2500);
    expect(await s.status(slot)).toBe(isBooked ? 'booked' : 'open');
  });
});
