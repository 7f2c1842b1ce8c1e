import { randomBytes } from 'node:crypto';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { google } from '../../start/doubles.mjs';
import { ROOT } from '../../start/settings.mjs';
import { startLoad } from '../load/start.mjs';
import { startService } from '../start-service.mjs';
import { byTurns, compare } from '../statistics.mjs';
import { perSecond, whole } from '../table.mjs';
import { Lessons, lessonOf, populate } from './population.mjs';

const require = createRequire(join(ROOT, 'package.json'));

const FULL = { lessons: 300_000, connected: 400, warm: 2, rounds: 5, seconds: 5 };
const QUICK = { lessons: 100_000, connected: 100, warm: 1, rounds: 3, seconds: 2 };
const CONNECTIONS = 8;
/** More pairs than we make in a second on any machine. */
const PAIRS_A_SECOND = 1_500;
/** More seconds than calendars need to catch up. */
const CATCH_UP_SECONDS = 300;

const API = '/api/v1/scheduling';
const HANGING = { requests: [{ kind: 'hang' }] };

/**
 * Holds and confirmations a second while calendar-sync writes them into the calendars of tutors, and while Google hangs: the same services,
 * turn by turn. Afterwards Google answers again, and every lesson must come into its calendar.
 */
export async function calendars(context) {
  const { house, opened, signal, say, isQuick, everything } = context;
  const times = isQuick ? QUICK : FULL;
  const database = await house.database('accounts', 'booking', 'calendar-sync');
  await populate(await house.connect(database, 'booking', everything), times.lessons);
  const lessons = new Lessons(house.issuer, times.lessons);
  const { GoogleDouble } = require(join(ROOT, 'apps', 'sandbox', 'dist', 'google', 'google-double.js'));
  const double = await GoogleDouble.listen();
  opened.add('the double of Google', () => double.close());
  const booking = await startService(context, { app: 'booking', database });
  const sync = await startSync(context, database, double);
  await connectTutors({ house, double, sync, signal }, times.connected);
  const load = await startLoad(context);

  const through = (faults) => async (seconds) => {
    double.setFaults(faults);
    const list = await lessons.pairs(PAIRS_A_SECOND * seconds);
    return (await load.chains({ origin: booking.ready.origin, list, connections: CONNECTIONS, seconds })).perSecond;
  };
  const contenders = { down: through(HANGING), up: through({}) };
  const lasting = (seconds) =>
    Object.fromEntries(Object.entries(contenders).map(([name, run]) => [name, () => run(seconds)]));
  await byTurns(lasting(times.warm), 1, signal);
  const { down, up } = await byTurns(lasting(times.seconds), times.rounds, signal);
  double.setFaults({});
  say(await caughtUp(context, database));
  const what = `hold and confirm while Google hangs, over while it answers, ${CONNECTIONS} connections`;
  return [compare({ what, ours: down, twin: up, show: perSecond, aim: { atLeast: 0.95 } })];
}

const startSync = (context, database, double) =>
  startService(context, {
    app: 'calendar-sync',
    database,
    more: {
      ...google(double.port, 'http://127.0.0.1:9'),
      PUBLIC_URL: 'http://127.0.0.1:9',
      CALENDAR_TOKEN_KEYS: `bench:${randomBytes(32).toString('base64')}`,
      LOG_LEVEL: 'error',
    },
  });

/** Lets some tutors agree and connect: their lessons are written into calendars from then on. */
async function connectTutors({ house, double, sync, signal }, many) {
  for (let n = 0; n < many; n += 1) {
    signal.throwIfAborted();
    const { tutorId: id } = lessonOf(n);
    const headers = {
      authorization: `Bearer ${await house.issuer.token({ id, roles: ['tutor'] })}`,
      'content-type': 'application/json',
    };
    const ask = (path, more) => fetch(`${sync.ready.origin}${API}/calendar/${path}`, { headers, signal, ...more });
    const { url } = await (await ask('auth-url')).json();
    const code = double.consent(url, `tutor.${n}@bench.test`);
    const connected = await ask('connect', { method: 'POST', body: JSON.stringify({ code }) });
    if (!connected.ok) throw new Error(`no calendar: ${connected.status} ${await connected.text()}`);
  }
}

/** Waits until all lessons of the connected stand in their calendars; says how many, and that none is missing. */
async function caughtUp({ house, everything, signal }, database) {
  const client = await house.connect(database, 'calendar_sync', everything);
  const ask = async () => (await client.query(WAITING)).rows[0];
  for (let second = 0; second < CATCH_UP_SECONDS; second += 1) {
    signal.throwIfAborted();
    const { waiting, written } = await ask();
    if (waiting === 0)
      return `${whole(written)} lessons stand in their calendars, none is missing, ${second} s after Google answered again`;
    await new Promise((next) => setTimeout(next, 1000));
  }
  return `NOT CAUGHT UP: ${JSON.stringify(await ask())}`;
}

const WAITING = `
  select (select count(*)::int from lesson_events where state <> 'idle')
       + (select count(*)::int from lessons l join google_oauth_accounts a on a.user_id = l.tutor_id
           where not exists (select from lesson_events e where e.booking_id = l.booking_id and e.user_id = a.user_id)) as waiting,
         (select count(*)::int from lesson_events where written_version is not null) as written`;
