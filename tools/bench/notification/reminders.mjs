import { createRequire } from 'node:module';
import { join } from 'node:path';
import { BARE_SENDER, SINK } from '../../reminders/scripts.mjs';
import { stateLessons } from '../../reminders/lessons.mjs';
import { eventually } from '../../prove/eventually.mjs';
import { ROOT } from '../../start/settings.mjs';
import { Child } from '../child.mjs';
import { startService } from '../start-service.mjs';
import { byTurns, compare } from '../statistics.mjs';
import { perSecond, whole } from '../table.mjs';

const require = createRequire(join(ROOT, 'package.json'));

const FULL = { lessons: 5000, warm: 500, rounds: 5 };
const QUICK = { lessons: 1000, warm: 200, rounds: 3 };
const REPLICAS = 2;
/** How long before a lesson its reader is reminded. */
const BEFORE_MS = 2 * 3_600_000;
/** From when a burst is due: all of it at once. */
const AHEAD_MS = 1000;
const PATIENCE_SECONDS = 300;
const REMINDER = "kind = 'lesson_soon' and channel = 'email'";

/**
 * Reminders of lessons that all start at once, a second: taken from the ledger, written, sent and marked by two replicas, beside two
 * processes of nodemailer alone that hand the same mail again and again to the same mail server over as many connections.
 */
export async function reminders(context) {
  const { house, opened, signal, isQuick } = context;
  const { lessons, warm, rounds } = isQuick ? QUICK : FULL;
  const database = await house.database('notification');
  const admin = await house.connect(database, 'notification', opened);
  const sink = await Child.start({ name: 'sink', script: SINK, folder: house.folder }, opened, signal);
  const url = `smtp://127.0.0.1:${sink.ready.port}?ignoreTLS=true`;
  await planned(context, { database, admin, lessons });

  for (let n = 1; n <= REPLICAS; n += 1) {
    await startService(context, { app: 'notification', name: `notification ${n}`, database, more: { SMTP_URL: url } });
  }
  const senders = [];
  for (let n = 1; n <= REPLICAS; n += 1) {
    const env = { SMTP_URL: url };
    senders.push(
      await Child.start({ name: `sender ${n}`, script: BARE_SENDER, env, folder: house.folder }, opened, signal),
    );
  }

  const mail = anyMail();
  const ours = (many) => async () => {
    await rearm(admin, many);
    const rate = rateOf(await allArrived(sink, many, signal));
    await eventually(async () => (await undone(admin)) === 0, { seconds: PATIENCE_SECONDS, every: 20, signal });
    return rate;
  };
  const bare = (many) => async () => {
    await Promise.all(
      senders.map((sender) =>
        sender.ask('send', { many: many / REPLICAS, mail }, { seconds: PATIENCE_SECONDS, signal }),
      ),
    );
    return rateOf(await allArrived(sink, many, signal));
  };
  await byTurns({ ours: ours(warm), bare: bare(warm) }, 1, signal);
  const figures = await byTurns({ ours: ours(2 * lessons), bare: bare(2 * lessons) }, rounds, signal);
  const what = `${whole(2 * lessons)} reminders due at once, ${REPLICAS} replicas, over nodemailer alone`;
  return [compare({ what, ours: figures.ours, twin: figures.bare, show: perSecond, aim: { atLeast: 0.5 } })];
}

/** Lets a replica without a mail server hear of the lessons: their reminders wait, and nothing else does. */
async function planned(context, { database, admin, lessons }) {
  const planner = await startService(context, { app: 'notification', name: 'planner', database });
  await stateLessons(admin, { many: lessons, startAt: new Date(Date.now() + 24 * 3_600_000 + BEFORE_MS) });
  const isPlanned = async () =>
    (await admin.query(`select count(*)::int as rows from messages where ${REMINDER}`)).rows[0].rows === 2 * lessons;
  const heard = await eventually(isPlanned, { seconds: PATIENCE_SECONDS, signal: context.signal });
  if (!heard) throw new Error(`${lessons} lessons were not heard of in ${PATIENCE_SECONDS} s`);
  await planner.stop();
}

/** Makes so many reminders due, all at once, as if they had never been sent. */
const rearm = (admin, many) =>
  admin.query(
    `update messages set state = 'planned', next_attempt_at = now() + make_interval(secs => $2), sent_at = null, attempts = 0
      where id in (select id from messages where ${REMINDER} order by id limit $1)`,
    [many, AHEAD_MS / 1000],
  );

const undone = async (admin) =>
  (await admin.query(`select count(*)::int as rows from messages where ${REMINDER} and state = 'working'`)).rows[0]
    .rows;

async function allArrived(sink, many, signal) {
  const isHere = async () => (await sink.ask('count')) >= many;
  if (!(await eventually(isHere, { seconds: PATIENCE_SECONDS, every: 20, signal })))
    throw new Error(`${many} mails did not arrive in ${PATIENCE_SECONDS} s`);
  return sink.ask('take');
}

function rateOf(arrived) {
  const times = arrived.map(({ at }) => at);
  return (arrived.length - 1) / ((Math.max(...times) - Math.min(...times)) / 1000);
}

/** A mail as ours are, for the twin to send. */
function anyMail() {
  const part = (file) => require(join(ROOT, 'apps', 'notification', 'dist', `${file}.js`));
  const news = part('preview/examples').exampleOf('lesson_soon');
  const reader = {
    id: news.event.student_id,
    email: 'sam@example.org',
    name: 'Sam',
    timezone: 'Europe/Kyiv',
    locale: 'en',
  };
  const from = { name: 'Lessons', address: 'lessons@localhost.localdomain' };
  const saidAt = new Date();
  const letter = part('messages/letter').letterOf(news, { reader, other: 'Olena', from, byFile: true }, saidAt);
  const { subject, text, html } = part('email/mail').mailOf({
    message: { news, createdAt: saidAt },
    parties: { reader, other: 'Olena', from, byFile: true },
    letter,
  });
  return { from, to: { name: reader.name, address: reader.email }, subject, text, html };
}
