/** Wall-clock time of a zone as RFC 3339 with its offset; `date` is YYYY-MM-DD. */
export function at(date, time, zone) {
  const guess = new Date(`${date}T${time}Z`);
  // The offset is read twice: at the guess, and at the instant that it leads to, which may lie behind a change of clocks.
  const first = offsetOf(guess, zone);
  const second = offsetOf(new Date(`${date}T${time}${first}`), zone);
  return `${date}T${time}${second}`;
}

/** The first Monday that begins at least two days from now: cancelling stays free of charge. */
export function comingMonday(now = new Date()) {
  const day = new Date(now.getTime() + 2 * 86_400_000);
  day.setUTCDate(day.getUTCDate() + ((8 - day.getUTCDay()) % 7));
  return day.toISOString().slice(0, 10);
}

/** The day after a YYYY-MM-DD. */
export const nextDay = (date) => new Date(Date.parse(`${date}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10);

function offsetOf(instant, timeZone) {
  const parts = new Intl.DateTimeFormat('en-US', { timeZone, timeZoneName: 'longOffset' }).formatToParts(instant);
  return parts.find(({ type }) => type === 'timeZoneName').value.replace('GMT', '') || 'Z';
}
