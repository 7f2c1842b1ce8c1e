const MINUTE = 60_000;

/** When a file that was read is read again: in half an hour, less up to a tenth, so that not all are read at once. */
export const afterReading = (now: Date, dice: number): Date => new Date(now.getTime() + 30 * MINUTE * (1 - dice / 10));

/** When a file that could not be read is tried again: in about 5 minutes, then 10, 20 … 360. */
export const afterFailure = (now: Date, attempts: number, dice: number): Date => {
  const minutes = Math.min(5 * 2 ** Math.max(0, attempts - 1), 360);
  return new Date(now.getTime() + minutes * MINUTE * (1 - dice / 2));
};

/** Whether the rules of a file must be worked out further, so that it is to be sent even if it has not changed. */
export const needsMore = (windowEnd: Date | null, wanted: Date): boolean =>
  windowEnd === null || wanted.getTime() - windowEnd.getTime() > 25 * 24 * 60 * MINUTE;
