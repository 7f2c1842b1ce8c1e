import { nextLook } from './patience.policy.ts';

const NOW = new Date('2030-03-01T09:00:00Z');

describe('what is not over at Stripe', () => {
  it.each([1, 10])('is asked about again by the next minute at attempt %i', (attempts) => {
    expect(nextLook(NOW, attempts)).toEqual(new Date('2030-03-01T09:00:50Z'));
  });

  it('is asked about less often once that has gone on for long', () => {
    expect(nextLook(NOW, 11)).toEqual(new Date('2030-03-01T09:09:50Z'));
  });
});
