import { startLoad } from '../load/start.mjs';
import { startService } from '../start-service.mjs';
import { byTurns, compare, median, percentile } from '../statistics.mjs';
import { milliseconds, perSecond, whole } from '../table.mjs';
import { startTwin } from '../twin/start.mjs';
import { tutorsFor } from './calendar.mjs';
import { inventory } from './inventory.mjs';
import { slotSearch } from './statements.mjs';
import { checkAnswers, checkCache, fewWeeks, manyWeeks } from './weeks.mjs';

const SLOTS = 100_000;
/** Seconds of one measurement, of which there are so many. */
const FULL = { warm: 3, rounds: 9, seconds: 4, halfLoad: { rounds: 7, seconds: 8 } };
const QUICK = { warm: 2, rounds: 5, seconds: 2, halfLoad: { rounds: 3, seconds: 4 } };

/** How many slot searches a second, and how long the slowest wait at half of that, beside the bare twin. */
export async function search(context) {
  const { signal, say, isQuick } = context;
  const times = isQuick ? QUICK : FULL;
  const slots = await inventory(context, 'small');
  await slots.growTo(tutorsFor(SLOTS), signal);
  say(`${whole(slots.slots)} slots of ${whole(slots.tutors.length)} tutors`);

  const servers = await startServers(context, slots);
  await checkAnswers(servers);
  const load = await startLoad(context, servers);
  const each = (measure) => Object.fromEntries(Object.keys(servers).map((name) => [name, () => measure(name)]));
  const capacity = (seconds) => each((name) => load.capacity(name, seconds));
  await byTurns(capacity(times.warm), 1, signal);
  for (const [name, part] of Object.entries({ uncached: 0, cached: 1 }))
    await checkCache(servers[name], part, () => load.capacity(name, times.warm));
  const rates = await byTurns(capacity(times.seconds), times.rounds, signal);
  say('the same at half load');
  const atHalfLoad = each(async (name) =>
    percentile(await load.latencies(name, median(rates[name]) / 2, times.halfLoad.seconds), 99),
  );
  const slowest = await byTurns(atHalfLoad, times.halfLoad.rounds, signal);

  const row = (what, figures, name, more) => compare({ what, ours: figures[name], twin: figures.twin, ...more });
  return [
    row('slot search, uncached', rates, 'uncached', { show: perSecond, aim: { atLeast: 0.6 } }),
    row('slot search, cached', rates, 'cached', { show: perSecond, aim: { atLeast: 2 } }),
    row('p99 at half load, uncached', slowest, 'uncached', { show: milliseconds, aim: { atMost: 2 } }),
    row('p99 at half load, cached', slowest, 'cached', { show: milliseconds, aim: { atMost: 2 } }),
  ];
}

async function startServers(context, { database, tutors }) {
  const twin = await startTwin(context, { name: 'twin', app: 'booking', database, statement: await slotSearch() });
  const booking = await startService(context, { app: 'booking', database });
  const token = await context.house.issuer.token();
  const many = manyWeeks(tutors);
  return {
    twin: { ...twin.ready, requests: many.map((week) => week.askedOfTwin()) },
    uncached: { ...booking.ready, requests: many.map((week) => week.asked(token)) },
    cached: { ...booking.ready, requests: fewWeeks(tutors).map((week) => week.asked(token)) },
  };
}
