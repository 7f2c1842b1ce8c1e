import { eventually } from '../../prove/eventually.mjs';
import { SINK } from '../../reminders/scripts.mjs';
import { Child } from '../child.mjs';
import { startLoad } from '../load/start.mjs';
import { startService } from '../start-service.mjs';
import { byTurns, compare } from '../statistics.mjs';
import { perSecond, whole } from '../table.mjs';
import { Lessons, populate, SQL } from './population.mjs';

const FULL = { lessons: 300_000, warm: 2, rounds: 5, seconds: 5 };
const QUICK = { lessons: 100_000, warm: 1, rounds: 3, seconds: 2 };
const CONNECTIONS = 8;
/** More pairs than we make in a second on any machine. */
const PAIRS_A_SECOND = 1_500;
/** More seconds than it takes to send what has waited. */
const CATCH_UP_SECONDS = 300;

/**
 * Holds and confirmations a second while notification tells both people of each, and while the mail server hangs: the same services,
 * turn by turn. Afterwards it answers again, and every mail must go out.
 */
export async function mail(context) {
  const { house, opened, signal, say, isQuick, everything } = context;
  const times = isQuick ? QUICK : FULL;
  const database = await house.database('accounts', 'booking', 'notification');
  await populate(await house.connect(database, 'booking', everything), times.lessons);
  const ledger = await house.connect(database, 'notification', everything);
  await ledger.query(PEOPLE);
  const lessons = new Lessons(house.issuer, times.lessons);
  const sink = await Child.start({ name: 'sink', script: SINK, folder: house.folder }, opened, signal);
  const booking = await startService(context, { app: 'booking', database });
  const SMTP_URL = `smtp://127.0.0.1:${sink.ready.port}?ignoreTLS=true`;
  await startService(context, { app: 'notification', database, more: { SMTP_URL, LOG_LEVEL: 'error' } });
  const load = await startLoad(context);

  const through = (isHanging) => async (seconds) => {
    await sink.ask('hang', isHanging);
    const list = await lessons.pairs(PAIRS_A_SECOND * seconds);
    return (await load.chains({ origin: booking.ready.origin, list, connections: CONNECTIONS, seconds })).perSecond;
  };
  const contenders = { down: through(true), up: through(false) };
  const lasting = (seconds) =>
    Object.fromEntries(Object.entries(contenders).map(([name, run]) => [name, () => run(seconds)]));
  await byTurns(lasting(times.warm), 1, signal);
  const { down, up } = await byTurns(lasting(times.seconds), times.rounds, signal);
  await sink.ask('hang', false);
  say(await caughtUp(ledger, sink, signal));
  const what = `hold and confirm while the mail server hangs, over while it answers, ${CONNECTIONS} connections`;
  return [compare({ what, ours: down, twin: up, show: perSecond, aim: { atLeast: 0.95 } })];
}

/** Waits until all mails are out; says how many, and that each came under one name. */
async function caughtUp(ledger, sink, signal) {
  const began = performance.now();
  const isDone = async () => {
    const { rows } = await ledger.query(STATES);
    return rows.every(({ state }) => state === 'sent') && rows;
  };
  const rows = await eventually(isDone, { seconds: CATCH_UP_SECONDS, every: 500, signal });
  if (!rows) return `NOT CAUGHT UP: ${JSON.stringify((await ledger.query(STATES)).rows)}`;
  const arrived = await sink.ask('take');
  const distinct = new Set(arrived.map(({ id }) => id)).size;
  const isWhole = distinct === rows[0].many;
  const seconds = ((performance.now() - began) / 1000).toFixed(0);
  return `${isWhole ? '' : 'NOT '}all ${whole(rows[0].many)} mails arrived, ${arrived.length - distinct} of them twice, ${seconds} s after the server answered again`;
}

const STATES = `select state, count(*)::int as many from messages
                 where channel = 'email' and kind = 'booking_confirmed' group by state`;

const PEOPLE = `
  insert into recipients (user_id, email, name, timezone, locale, version, updated_at)
  select distinct on (id) id, id || '@bench.test', 'Sam', 'Europe/Kyiv', 'en', 1, now()
    from (select ${SQL.tutorId('n')} as id from generate_series(0, 1999) as n
          union all select ${SQL.studentId('n')} from generate_series(0, 19999) as n) as people`;
