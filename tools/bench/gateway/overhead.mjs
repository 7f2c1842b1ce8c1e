import { startLoad } from '../load/start.mjs';
import { startService } from '../start-service.mjs';
import { byTurns, compare, median, percentile } from '../statistics.mjs';
import { milliseconds, perSecond, whole } from '../table.mjs';
import { tutorsFor } from '../availability/calendar.mjs';
import { inventory } from '../availability/inventory.mjs';
import { fewWeeks, manyWeeks } from '../availability/weeks.mjs';
import { startGateway } from './start.mjs';

const SLOTS = 100_000;
/** Seconds of one measurement, of which there are so many. */
const FULL = { warm: 3, rounds: 9, seconds: 4, latency: { rounds: 7, seconds: 8 } };
const QUICK = { warm: 2, rounds: 5, seconds: 2, latency: { rounds: 3, seconds: 4 } };
/** Of what the way through the gateway could carry at most. */
const LOAD = 0.5;

/** Slot searches a second through the gateway and straight to booking, and how much longer the slowest hundredth takes through it. */
export async function overhead(context) {
  const { signal, say, isQuick } = context;
  const times = isQuick ? QUICK : FULL;
  const slots = await inventory(context, 'small');
  await slots.growTo(tutorsFor(SLOTS), signal);
  say(`${whole(slots.slots)} slots of ${whole(slots.tutors.length)} tutors`);

  const servers = await startServers(context, slots);
  const load = await startLoad(context, servers);
  const each = (measure) => Object.fromEntries(Object.keys(servers).map((name) => [name, () => measure(name)]));
  const capacity = (seconds) => each((name) => load.capacity(name, seconds));
  await byTurns(capacity(times.warm), 1, signal);
  const rates = await byTurns(capacity(times.seconds), times.rounds, signal);

  say('the same requests a second to both');
  const rateOf = { uncached: LOAD * median(rates.uncachedThrough), cached: LOAD * median(rates.cachedThrough) };
  const latencies = each(async (name) => {
    const rate = rateOf[name.replace('Through', '')];
    return percentile(await load.latencies(name, rate, times.latency.seconds), 99);
  });
  const slowest = await byTurns(latencies, times.latency.rounds, signal);

  const row = (what, figures, kind, more) =>
    compare({ what, ours: figures[`${kind}Through`], twin: figures[kind], ...more });
  const atRate = (kind) => `at ${whole(rateOf[kind])} requests a second`;
  return [
    row('slot search read from the database, through the gateway over direct', rates, 'uncached', {
      show: perSecond,
      aim: { atLeast: 0.5 },
    }),
    row('slot search from booking’s cache, through the gateway over direct', rates, 'cached', {
      show: perSecond,
      aim: { atLeast: 0.5 },
    }),
    row(`p99 of the first ${atRate('uncached')}`, slowest, 'uncached', { show: milliseconds, aim: { atMost: 2 } }),
    row(`p99 of the second ${atRate('cached')}`, slowest, 'cached', { show: milliseconds, aim: { atMost: 2 } }),
  ];
}

async function startServers(context, { database, tutors }) {
  const booking = await startService(context, { app: 'booking', database });
  const gateway = await startGateway(context, { database, booking: booking.ready.origin });
  const token = await context.house.issuer.token();
  const many = manyWeeks(tutors).map((week) => week.asked(token));
  const few = fewWeeks(tutors).map((week) => week.asked(token));
  return {
    uncached: { ...booking.ready, requests: many },
    uncachedThrough: { ...gateway.ready, requests: many },
    cached: { ...booking.ready, requests: few },
    cachedThrough: { ...gateway.ready, requests: few },
  };
}
