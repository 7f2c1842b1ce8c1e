import { day, hoursAfter, OPEN_A_WEEK, WEEKS } from './calendar.mjs';

/** So few that any cache has them all. */
const FEW = 20;
/** So many questions that none comes again before every cache has forgotten it. */
const MANY = 60_000;
/** The same week with another limit is another question, with the same answer. */
const LIMITS = { least: OPEN_A_WEEK + 1, most: 100 };
const CACHE_TOLERANCE = 0.02;
/** Steps through all of them without an order that a disk or a cache would like; a prime. */
const STRIDE = 7_919;

/** One tutor's week, as our service is asked for it and as the twin is. */
class TutorWeek {
  constructor(tutor, week, limit = LIMITS.most) {
    const from = day(week, 0);
    Object.assign(this, { tutor, from, until: hoursAfter(from, 7 * 24), limit });
  }

  asked(token) {
    const range = `start_date=${this.from.toISOString()}&end_date=${this.until.toISOString()}`;
    return {
      path: `/api/v1/scheduling/availability/${this.tutor}/slots?${range}&timezone=Europe/Kyiv&limit=${this.limit}`,
      headers: { authorization: `Bearer ${token}` },
    };
  }

  askedOfTwin() {
    const { tutor: tutorId, from, until, limit } = this;
    const query = new URLSearchParams({ tutorId, from: from.toISOString(), until: until.toISOString(), limit });
    return { path: `/?${query}`, headers: {} };
  }
}

/** All weeks of all tutors, again and again with other limits. */
export function manyWeeks(tutors) {
  const all = tutors.length * WEEKS;
  const limits = LIMITS.most - LIMITS.least + 1;
  return Array.from({ length: Math.min(MANY, all * limits) }, (_, n) => {
    const place = (n * STRIDE) % all;
    const limit = LIMITS.least + (Math.floor(n / all) % limits);
    return new TutorWeek(tutors[place % tutors.length], Math.floor(place / tutors.length), limit);
  });
}

/** The coming week of a few tutors. */
export const fewWeeks = (tutors) => tutors.slice(0, FEW).map((tutor) => new TutorWeek(tutor, 0));

/** Each server must answer the whole week: a refusal would be fast. */
export async function checkAnswers(servers) {
  for (const [name, { origin, requests }] of Object.entries(servers)) {
    const [{ path, headers }] = requests;
    const answer = await fetch(origin + path, { headers });
    const body = await answer.json();
    const { length } = body.items ?? body;
    if (length !== OPEN_A_WEEK) throw new Error(`${name} answers ${length} slots of a week with ${OPEN_A_WEEK}`);
  }
}

/** What a service measures as uncached must not come out of its cache, nor the reverse; by its own count. */
export async function checkCache({ origin }, expected, work) {
  const before = await lookedUp(origin);
  await work();
  const after = await lookedUp(origin);
  const [hits, misses] = [after.hit - before.hit, after.miss - before.miss];
  const part = hits / (hits + misses);
  if (Math.abs(part - expected) > CACHE_TOLERANCE) throw new Error(`${hits} hits and ${misses} misses of the cache`);
}

async function lookedUp(origin) {
  const text = await (await fetch(`${origin}/metrics`)).text();
  const count = (result) =>
    new RegExp(`^slot_cache_requests_total\\{result="${result}"\\} (\\d+)`, 'm').exec(text)?.[1];
  return { hit: Number(count('hit') ?? 0), miss: Number(count('miss') ?? 0) };
}
