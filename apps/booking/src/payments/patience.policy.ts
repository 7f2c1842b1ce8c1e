/** When Stripe is asked again about what is not over: each minute at first, then each ten minutes. */
export function nextLook(now: Date, attempts: number): Date {
  // A little less than a minute, so that the tick of the next one finds it due.
  const seconds = attempts <= 10 ? 50 : 590;
  return new Date(now.getTime() + seconds * 1000);
}
