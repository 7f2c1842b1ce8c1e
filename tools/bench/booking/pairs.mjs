import { startLoad } from '../load/start.mjs';
import { startService } from '../start-service.mjs';
import { byTurns, compare } from '../statistics.mjs';
import { perSecond, whole } from '../table.mjs';
import { Lessons, lessonOf, pairOf, populate } from './population.mjs';
import { hasPgbench, pgbench, scriptOf } from './twin.mjs';

const FULL = { lessons: 400_000, warm: 2, rounds: 7, seconds: 4 };
const QUICK = { lessons: 120_000, warm: 1, rounds: 3, seconds: 2 };
/** More pairs than any machine makes in a second. */
const MOST_A_SECOND = 4_000;

/** A house in which lessons wait to be taken: made once, for all parts. */
export const scene = ({ house, everything, isQuick }) =>
  house.once('lessons', async () => {
    const database = await house.database('accounts', 'booking');
    const client = await house.connect(database, 'booking', everything);
    const { lessons } = isQuick ? QUICK : FULL;
    await populate(client, lessons);
    return { database, client, lessons: new Lessons(house.issuer, lessons) };
  });

/** Holds and confirmations a second, straight to the service, beside pgbench with the very same statements. */
export async function pairs(context) {
  const { house, signal, say, isQuick } = context;
  const times = isQuick ? QUICK : FULL;
  const { database, lessons } = await scene(context);
  const booking = await startService(context, { app: 'booking', database });
  const load = await startLoad(context);
  const script = await overhear(booking, lessons);
  say(`${script.split('\n').length - 2} statements a pair`);
  const isThere = await hasPgbench();
  if (!isThere) say('pgbench is not installed here (Debian: postgresql-contrib): there is nothing to compare with.');

  const rows = [];
  for (const connections of [8, 16]) {
    const ours = async (seconds) => {
      const list = await lessons.pairs(Math.round(MOST_A_SECOND * seconds * 0.3));
      return (await load.chains({ origin: booking.ready.origin, list, connections, seconds })).perSecond;
    };
    const twin = (seconds) => {
      const first = lessons.take(MOST_A_SECOND * seconds);
      return pgbench({ house, database, script, first, connections, seconds });
    };
    await byTurns({ ours: () => ours(times.warm), ...(isThere && { twin: () => twin(times.warm) }) }, 1, signal);
    const figures = await byTurns(
      { ours: () => ours(times.seconds), ...(isThere && { twin: () => twin(times.seconds) }) },
      times.rounds,
      signal,
    );
    const what = `hold and confirm, ${connections} connections, over pgbench's`;
    if (isThere) rows.push(compare({ what, ...figures, show: perSecond, aim: { atLeast: 0.5 } }));
    else say(`${what}: ${whole(figures.ours[0])} pairs a second`);
  }
  return rows;
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
