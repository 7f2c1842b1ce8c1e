/** How often a series comes back: monthly is the same day of each month that has it. */
export const SERIES_RULES = ['weekly', 'biweekly', 'monthly'] as const;
export type SeriesRule = (typeof SERIES_RULES)[number];

/** What becomes of a date that cannot be had: nothing is booked at all, or that date is left out, or the nearest time is taken. */
export const ON_CONFLICT = ['refuse', 'skip', 'nearest'] as const;
export type OnConflict = (typeof ON_CONFLICT)[number];

/** The most dates of a series. */
export const MOST_DATES = 52;

/** How much of a series is canceled: one lesson, that and whatever follows, or all that is left. */
export const SCOPES = ['one', 'following', 'all'] as const;
