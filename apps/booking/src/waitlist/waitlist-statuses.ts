/** Everything that can have become of a place in a line: the first two are those who wait. */
export const WAITLIST_STATUSES = ['waiting', 'offered', 'taken', 'left', 'passed_over', 'expired'] as const;
export type WaitlistStatus = (typeof WAITLIST_STATUSES)[number];
