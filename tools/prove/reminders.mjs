import { setTimeout as pause } from 'node:timers/promises';
import { join } from 'node:path';
import { Child } from '../bench/child.mjs';
import { openHouse } from '../bench/house.mjs';
import { percentile } from '../bench/statistics.mjs';
import { stateLessons } from '../reminders/lessons.mjs';
import { SINK } from '../reminders/scripts.mjs';
import { Opened } from '../start/opened.mjs';
import { ROOT } from '../start/settings.mjs';
import { eventually } from './eventually.mjs';
import { fixedPort } from './ports.mjs';
import { Random } from './random.mjs';
import { Supervised } from './supervised.mjs';

/** How long before a lesson its reader is reminded. */
const BEFORE_MS = 2 * 3_600_000;
/** How long it takes at most to hear of so many lessons before their reminders are due, in milliseconds. */
const HEARING = { least: 15_000, aLesson: 12 };
/** A worker that died holds its messages for a minute. */
const PATIENCE_SECONDS = 600;

const REMINDER = "kind = 'lesson_soon' and channel = 'email'";
const COUNT = `
  select count(*)::int as rows, count(distinct (booking_id, recipient_id))::int as reminders, count(distinct message_id)::int as ids,
         jsonb_object_agg(state, true) as states,
         count(*) filter (where state = 'sent')::int as sent, count(*) filter (where state in ('planned', 'working'))::int as waiting
    from messages where ${REMINDER}`;
/** The mails about the bookings themselves, as long as they have not been put aside. */
const OTHERS =
  "select from messages where channel = 'email' and next_attempt_at <= now() and state in ('planned', 'working') limit 1";

/**
 * So many lessons start at one moment: all reminders are due at once, two replicas send them, and one of both is killed again and
 * again. Answers the checks, and prints how late and how fast they were.
 */
export async function reminders({ lessons, kills }, seed, signal) {
  const opened = new Opened();
  const say = (what) => console.log(`[reminders] ${what}`);
  try {
    const house = await openHouse(opened, signal);
    const database = await house.database('notification');
    const admin = await house.connect(database, 'notification', opened);
    const sink = await Child.start({ name: 'sink', script: SINK, folder: house.folder }, opened, signal);

    const dueAt = new Date(Date.now() + HEARING.least + HEARING.aLesson * lessons);
    const replica = replicas({ house, database, opened });
    // Without a mail server the mails about the bookings themselves are skipped: only the reminders are left.
    const [planner] = await replica(1, {});
    await stateLessons(admin, { many: lessons, startAt: new Date(dueAt.getTime() + BEFORE_MS) });
    const isPlanned = async () => {
      const { rows } = await admin.query(COUNT);
      return rows[0].rows === 2 * lessons && (await admin.query(OTHERS)).rows.length === 0;
    };
    const heard = await eventually(isPlanned, { seconds: (dueAt - Date.now()) / 1000, signal });
    if (!heard) throw new Error(`${lessons} lessons were not heard of in time:\n${planner.complaints().join('\n')}`);
    await planner.stop();
    say(
      `${lessons} lessons start at once; ${2 * lessons} reminders are due in ${((dueAt - Date.now()) / 1000).toFixed(0)} s`,
    );

    const two = await replica(2, { SMTP_URL: `smtp://127.0.0.1:${sink.ready.port}?ignoreTLS=true` });
    await pause(dueAt - Date.now(), undefined, { signal });
    const random = new Random(seed);
    const isOver = async () => (await admin.query(COUNT)).rows[0].waiting === 0;
    const killed = await killSome({ two, kills, random, sink, most: 2 * lessons, signal });
    await eventually(isOver, { seconds: PATIENCE_SECONDS, every: 250, signal });
    for (const one of two) await one.stop();
    return await judge({ admin, sink, two, lessons, killed, dueAt, say });
  } finally {
    await opened.close();
  }
}

const replicas =
  ({ house, database, opened }) =>
  async (many, env) => {
    const started = [];
    for (let n = 0; n < many; n += 1) {
      const replica = new Supervised({
        name: `notification ${n + 1}`,
        command: [process.execPath, join(ROOT, 'apps/notification/dist/main.js')],
        env: {
          PATH: process.env.PATH,
          TZ: 'UTC',
          LOG_LEVEL: 'warn',
          HOST: '127.0.0.1',
          PORT: String(await fixedPort()),
          DATABASE_URL: database.urls.notification,
          AUTH_ISSUER: house.issuer.url,
          ...(process.env.SCHEDULING_CI_RUN && { SCHEDULING_CI_RUN: process.env.SCHEDULING_CI_RUN }),
          ...env,
        },
        logFile: join(house.folder, `notification-${many}-${n + 1}.log`),
      });
      opened.add(replica.name, () => replica.stop());
      replica.start();
      started.push(replica);
    }
    return started;
  };

/** Kills one of both at random, each time when another share of all mails has gone, so that all kills meet them at work. */
async function killSome({ two, kills, random, sink, most, signal }) {
  let killed = 0;
  for (; killed < kills; killed += 1) {
    const share = (most * (killed + random.between(0.2, 0.9))) / (kills + 1);
    const isSo = async () => (await sink.ask('count')) >= share;
    if (!(await eventually(isSo, { seconds: PATIENCE_SECONDS / kills, every: 5, signal }))) break;
    const up = random.shuffled(two).find(({ isUp }) => isUp);
    up?.kill();
  }
  return killed;
}

async function judge({ admin, sink, two, lessons, killed, dueAt, say }) {
  const [seen] = (await admin.query(COUNT)).rows;
  const arrived = await sink.ask('take');
  const distinct = new Map();
  for (const { id, at } of arrived) if (!distinct.has(id)) distinct.set(id, at);
  const { rows: ids } = await admin.query(`select message_id as id from messages where ${REMINDER} and state = 'sent'`);
  const strays = arrived.filter(({ id }) => !id.startsWith('<lesson_soon.')).length;
  const late = [...distinct.values()].map((at) => (at - dueAt) / 1000);
  const repeats = arrived.length - distinct.size;
  const wanted = 2 * lessons;
  const [half, most, last] = [percentile(late, 50), percentile(late, 99), Math.max(...late)];
  say(
    `${distinct.size} mails, raw repeats ${repeats} at ${killed} kills; late by ${half.toFixed(1)} s (half), ` +
      `${most.toFixed(1)} s (99 of 100), ${last.toFixed(1)} s (last); ${(wanted / 2 / (half - Math.min(...late))).toFixed(0)} a second in the first half`,
  );
  const checks = [
    ['each reminder has one row in the ledger', seen.rows === wanted && seen.reminders === wanted, seen],
    ['each reminder is sent', seen.sent === wanted, seen],
    [
      'each reminder has come under one Message-ID',
      distinct.size === wanted && ids.every(({ id }) => distinct.has(id)),
      seen,
    ],
    ['nothing else has come', strays === 0, strays],
    ['raw repeats: at most one a kill', repeats <= killed, repeats],
    ['all kills met them at work', killed > 0, killed],
    [
      'no replica died by itself',
      two.every(({ ownDeaths }) => ownDeaths.length === 0),
      two.flatMap((one) => one.ownDeaths),
    ],
  ].map(([name, ok, said]) => ({ name: `reminders: ${name}`, ok, said: JSON.stringify(said) }));
  for (const { name, ok, said } of checks) console.log(`  ${ok ? 'ok    ' : 'FAILED'} ${name}${ok ? '' : ` ${said}`}`);
  if (checks.some(({ ok }) => !ok))
    for (const one of two) for (const line of one.complaints()) console.log(`    ${one.name}: ${line}`);
  return checks;
}
