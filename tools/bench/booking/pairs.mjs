import { startLoad } from '../load/start.mjs';
import { startService } from '../start-service.mjs';
import { byTurns, compare } from '../statistics.mjs';
import { perSecond } from '../table.mjs';
import { Lessons, lessonOf, pairOf, populate } from './population.mjs';
import { hasPgbench, pgbench, scriptOf } from './twin.mjs';

const FULL = { lessons: 1_000_000, warm: 2, rounds: 5, seconds: 4 };
const QUICK = { lessons: 200_000, warm: 1, rounds: 3, seconds: 2 };
/** More pairs than we, and pgbench, make in a second on any machine. */
const OURS_A_SECOND = 1_500;
const TWIN_A_SECOND = 3_000;

/** A house in which lessons wait to be taken, and the service that lets take them: made once, for all parts. */
export const scene = (context) =>
  context.house.once('lessons', async () => {
    const { house, everything, isQuick } = context;
    const database = await house.database('accounts', 'booking');
    const client = await house.connect(database, 'booking', everything);
    const { lessons } = isQuick ? QUICK : FULL;
    await populate(client, lessons);
    return { database, client, lessons: new Lessons(house.issuer, lessons) };
  });

/** Holds and confirmations a second, to the service and through the gateway, beside pgbench with the very same statements. */
export async function pairs(context) {
  const { house, signal, say, isQuick } = context;
  if (!(await hasPgbench())) {
    say('pgbench is not installed here (Debian: postgresql-contrib): there is nothing to compare with.');
    return [];
  }
  const times = isQuick ? QUICK : FULL;
  const { database, lessons } = await scene(context);
  const booking = await startService(context, { app: 'booking', database });
  const gateway = await startGateway(context, booking);
  const load = await startLoad(context);
  const script = await overhear(booking, lessons);
  say(`${script.split('\n').length - 2} statements a pair`);

  const rows = [];
  for (const connections of [8, 16]) {
    const through =
      ({ ready }) =>
      async (seconds) => {
        const list = await lessons.pairs(OURS_A_SECOND * seconds);
        return (await load.chains({ origin: ready.origin, list, connections, seconds })).perSecond;
      };
    const twin = (seconds) =>
      pgbench({ house, database, script, first: lessons.take(TWIN_A_SECOND * seconds), connections, seconds });
    const contenders = { direct: through(booking), gateway: through(gateway), twin };
    const lasting = (seconds) =>
      Object.fromEntries(Object.entries(contenders).map(([name, run]) => [name, () => run(seconds)]));
    await byTurns(lasting(times.warm), 1, signal);
    const figures = await byTurns(lasting(times.seconds), times.rounds, signal);
    const row = (what, ours, atLeast) =>
      compare({
        what: `${what}, ${connections} connections`,
        ours,
        twin: figures.twin,
        show: perSecond,
        aim: { atLeast },
      });
    rows.push(row('hold and confirm over pgbench', figures.direct, 0.5));
    rows.push(row('the same through the gateway', figures.gateway, 0.3));
  }
  return rows;
}

/** The gateway before booking, with accounts, which it introduces people to. */
async function startGateway(context, booking) {
  const { database } = await scene(context);
  const accounts = await startService(context, { app: 'accounts', database });
  const here = { BOOKING_URL: booking.ready.origin, ACCOUNTS_URL: accounts.ready.origin };
  const unused = ['AVAILABILITY_URL', 'CALENDAR_SYNC_URL', 'NOTIFICATION_URL'];
  const others = Object.fromEntries(unused.map((name) => [name, booking.ready.origin]));
  return startService(context, { app: 'gateway', database, more: { ...others, ...here, RATE_LIMITS: 'off' } });
}

/** Lets the service take one lesson and writes down what it sends to PostgreSQL meanwhile. */
async function overhear(booking, lessons) {
  // The first pairs meet what a service does once only.
  const warm = await lessons.pairs(3);
  for (const pair of warm) await take(booking, pair);
  const n = lessons.take(1);
  const pair = pairOf(n, await lessons.issuer.token({ id: lessonOf(n).studentId }));
  await booking.ask('overhear');
  const holdId = await take(booking, pair);
  return scriptOf(
    transactionsIn(await booking.ask('overhear'))
      .filter(isOfPair)
      .flat(),
    n,
    holdId,
  );
}

/** What was said over each connection from a BEGIN to its COMMIT. */
function transactionsIn(said) {
  const open = new Map();
  const whole = [];
  for (const one of said) {
    if (/^begin/.test(one.text)) open.set(one.by, []);
    open.get(one.by)?.push(one);
    if (one.text === 'commit') whole.push(open.get(one.by) ?? []);
  }
  return whole;
}

/** What moves facts from the outbox to the log goes on beside, and is not of a pair. */
const isOfPair = (transaction) => transaction.some(({ text }) => /\bholds\b/.test(text));

async function take({ ready }, pair) {
  let answer;
  for (const { method, path, headers, body } of pair) {
    const response = await fetch(`${ready.origin}${path}`, {
      method,
      headers: { ...headers, 'content-type': 'application/json' },
      body,
    });
    answer = await response.json();
    if (!response.ok) throw new Error(`${path} → ${response.status} ${JSON.stringify(answer)}`);
  }
  return answer.booking_id;
}
