/** How long the periods of a plan are: seven days, or a calendar month. */
export const UNITS = ['week', 'month'] as const;
export type Unit = (typeof UNITS)[number];
