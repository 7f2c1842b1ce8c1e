/** What becomes of refunds: they succeed at once, wait until someone settles them, or fail after having been taken. */
export const REFUNDS = ['succeed', 'pend', 'fail'] as const;

export type RefundFate = (typeof REFUNDS)[number];
