/** What becomes of a subscription: not yet begun, going on, ended but running to the end of its period, or over. */
export const SUBSCRIPTION_STATUSES = ['upcoming', 'active', 'ending', 'ended'] as const;
export type SubscriptionStatus = (typeof SUBSCRIPTION_STATUSES)[number];
