import { shareOf, termsOf } from './terms.policy.ts';

describe('what a booking keeps of its policy', () => {
  it('is read whole where only the time of the full refund is there', () => {
    expect(termsOf({ full_refund_until_minutes: 720 })).toEqual({
      full_refund_until_minutes: 720,
      partial_refund_until_minutes: 0,
      partial_refund_percent: 0,
      reschedule_until_minutes: 720,
      maximum_reschedules: 3,
      student_no_show_refund_percent: 0,
    });
  });

  it('keeps each zero that it says', () => {
    const terms = termsOf({ full_refund_until_minutes: 720, reschedule_until_minutes: 0, maximum_reschedules: 0 });
    expect([terms.reschedule_until_minutes, terms.maximum_reschedules]).toEqual([0, 0]);
  });
});

describe('a share of a price', () => {
  it.each([
    [2500, 0, 0],
    [2500, 100, 2500],
    [2500, 50, 1250],
    [25, 50, 13],
    [1, 49, 0],
    [0, 50, 0],
    [100_000_000, 33, 33_000_000],
  ])('of %d at %d percent is %d', (cents, percent, share) => {
    expect(shareOf(cents, percent)).toBe(share);
  });
});
