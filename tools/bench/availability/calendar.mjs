const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** Weeks that are filled, Monday to Friday, from the next Monday on: none of it has begun before the bench is over. */
export const WEEKS = 8;
/** Of nine lessons a day one is booked: 40 of 45 are in the answer of a week. */
export const LESSONS_A_DAY = 9;
const DAYS = 5;
const SLOTS_A_TUTOR = WEEKS * DAYS * LESSONS_A_DAY;
export const OPEN_A_WEEK = DAYS * (LESSONS_A_DAY - 1);

/** How many tutors have so many slots. */
export const tutorsFor = (slots) => Math.ceil(slots / SLOTS_A_TUTOR);
/** How many slots so many tutors have. */
export const slotsOf = (tutors) => tutors * SLOTS_A_TUTOR;

const today = Math.floor(Date.now() / DAY);
/** 1 January 1970 was a Thursday. */
const monday = (today + 7 - ((today + 3) % 7)) * DAY;

/** Every day that is filled, as its midnight. */
export const filledDays = Array.from({ length: WEEKS * DAYS }, (_, n) => day(Math.floor(n / DAYS), n % DAYS));

/** The midnight of a day (0 is Monday) of a week (0 is the next). */
export function day(week, weekday) {
  return new Date(monday + (week * 7 + weekday) * DAY);
}

/** An instant so many hours later. */
export const hoursAfter = (at, hours) => new Date(at.getTime() + hours * HOUR);
