// Random rules: every frequency, every part that goes with it, and lists that are not in order. What dateutil reads otherwise is left
// out: plain beside numbered weekdays, which it takes for days that are both, and weeks 52 and 53 from either end, which it does not find
// in the year before or after.
const WEEKDAYS = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'];
/** Most clocks change at night. */
const HOURS = [0, 1, 1, 2, 2, 2, 3, 3, 4, 9, 15, 23];
const MINUTES = [0, 0, 15, 30, 30, 45, 59];

export const FREQUENCIES = ['YEARLY', 'MONTHLY', 'WEEKLY', 'DAILY', 'HOURLY', 'MINUTELY'];

/** A rule as text, without COUNT and UNTIL: those depend on the series. */
export function randomRule(frequency, random) {
  const days = DAYS[frequency](random);
  const by = { ...days, ...timesOf(frequency, random) };
  if (Object.keys(by).length > 0 && chance(0.3, random)) by.BYSETPOS = positions(frequency, random);
  const parts = Object.entries(by).map(([name, values]) => `${name}=${values.join(',')}`);
  const interval = chance(0.5, random) ? [`INTERVAL=${Math.ceil(random.next() ** 2 * MOST[frequency])}`] : [];
  const weekStart = chance(0.5, random) ? [`WKST=${random.pick(WEEKDAYS)}`] : [];
  return random.shuffled([`FREQ=${frequency}`, ...parts, ...interval, ...weekStart]).join(';');
}

const MOST = { YEARLY: 3, MONTHLY: 5, WEEKLY: 4, DAILY: 9, HOURLY: 30, MINUTELY: 600 };

const month = (random) => some(range(1, 12), 6, random);
const monthDay = (random) => some([...range(1, 31), ...range(-31, -1)], 6, random);
const yearDay = (random) => some([...range(1, 366), ...range(-366, -1)], 60, random);
const weekNo = (random) => some([...range(1, 51), ...range(-51, -1)], 9, random);
const weekday = (random) => some(WEEKDAYS, 7, random);
const nthWeekday = (most) => (random) => {
  const numbers = some([...range(1, most), ...range(-most, -1)], 6, random);
  return numbers.map((number) => `${number > 0 && chance(0.2, random) ? '+' : ''}${number}${random.pick(WEEKDAYS)}`);
};

const DAYS = {
  YEARLY: (random) =>
    random.pick([
      () => ({}),
      () => ({ BYMONTH: month(random) }),
      () => ({ BYMONTHDAY: monthDay(random) }),
      () => ({ BYMONTH: month(random), BYMONTHDAY: [...monthDay(random), 1] }),
      () => ({ BYDAY: weekday(random) }),
      () => ({ BYDAY: nthWeekday(53)(random) }),
      () => ({ BYMONTH: month(random), BYDAY: weekday(random) }),
      () => ({ BYMONTH: month(random), BYDAY: nthWeekday(5)(random) }),
      () => ({ BYYEARDAY: yearDay(random) }),
      () => ({ BYYEARDAY: yearDay(random), BYDAY: weekday(random) }),
      () => ({ BYWEEKNO: weekNo(random) }),
      () => ({ BYWEEKNO: weekNo(random), BYDAY: weekday(random) }),
      () => ({ BYMONTHDAY: monthDay(random), BYDAY: weekday(random) }),
    ])(),
  MONTHLY: (random) => ({
    ...maybe(0.2, 'BYMONTH', month, random),
    ...random.pick([
      () => ({}),
      () => ({ BYMONTHDAY: [...monthDay(random), 1] }),
      () => ({ BYDAY: weekday(random) }),
      () => ({ BYDAY: nthWeekday(5)(random) }),
      () => ({ BYMONTHDAY: [...monthDay(random), 1], BYDAY: weekday(random) }),
    ])(),
  }),
  WEEKLY: (random) => ({ ...maybe(0.2, 'BYMONTH', month, random), ...maybe(0.8, 'BYDAY', weekday, random) }),
  DAILY: (random) => ({
    ...maybe(0.2, 'BYMONTH', month, random),
    ...maybe(0.2, 'BYMONTHDAY', (one) => [...monthDay(one), 1], random),
    ...maybe(0.4, 'BYDAY', weekday, random),
  }),
  HOURLY: limits,
  MINUTELY: limits,
};

/** What may hold back rules that start often. */
function limits(random) {
  return {
    ...maybe(0.1, 'BYMONTH', (one) => [...month(one), 3, 10], random),
    ...maybe(0.1, 'BYMONTHDAY', (one) => [...monthDay(one), ...range(-7, -1)], random),
    ...maybe(0.1, 'BYYEARDAY', (one) => [...range(84, 95), ...range(-69, -60), ...yearDay(one)], random),
    ...maybe(0.25, 'BYDAY', (one) => ['SU', ...weekday(one)], random),
  };
}

function timesOf(frequency, random) {
  const isLong = frequency === 'YEARLY' || frequency === 'MONTHLY';
  const isShort = frequency === 'HOURLY' || frequency === 'MINUTELY';
  return {
    ...maybe(isShort ? 0.3 : 0.5, 'BYHOUR', (one) => some(HOURS, isLong ? 3 : 6, one), random),
    ...maybe(frequency === 'MINUTELY' ? 0.2 : 0.4, 'BYMINUTE', (one) => some(MINUTES, isLong ? 2 : 4, one), random),
    ...maybe(0.1, 'BYSECOND', (one) => some([0, 15, 59], 2, one), random),
  };
}

function positions(frequency, random) {
  const most = { YEARLY: 60, MONTHLY: 12, WEEKLY: 8 }[frequency] ?? 4;
  return some([1, 1, 2, -1, -1, -2, ...range(1, most), ...range(-most, -1)], 3, random);
}

const chance = (likelihood, random) => random.next() < likelihood;
const integer = (from, to, random) => Math.floor(random.between(from, to + 1));
const range = (from, to) => Array.from({ length: to - from + 1 }, (_, i) => from + i);
const maybe = (likelihood, name, values, random) => (chance(likelihood, random) ? { [name]: values(random) } : {});

/** At least one of several, in any order, now and then one of them twice. */
const some = (several, most, random) => Array.from({ length: integer(1, most, random) }, () => random.pick(several));
