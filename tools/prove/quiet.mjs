import { eventually } from './eventually.mjs';
import { SCHEMAS } from './proof-schema.mjs';

/** A message or a lesson whose worker was killed is due again a minute later, and a Kafka group misses a dead member for ten seconds. */
const QUIET_SECONDS = 180;

const count = (what) => `(select count(*)::int from ${what})`;
const WAITING = `select
  ${SCHEMAS.map((schema) => count(`${schema}.outbox`)).join(' + ')} as outboxes,
  ${SCHEMAS.map((schema) => count(`${schema}.failed_deliveries`)).join(' + ')} as retries,
  ${count("notification.messages where state in ('planned', 'working') and next_attempt_at <= now()")} as messages,
  ${count("calendar_sync.lesson_events where state <> 'idle'")} as lessons`;
const BEHIND = `select count(*)::int as behind from bus.offsets o join bus.log l on l.part = o.part and l.pos > o.pos`;

/** Waits until nothing is on its way any more: seconds, and what was still waiting if it took too long. */
export async function untilQuiet(database, kafka, signal) {
  const began = performance.now();
  let waiting;
  const isQuiet = async () => {
    const { rows } = await database.query(WAITING);
    const behind = kafka ? await behindInKafka(database, kafka) : (await database.query(BEHIND)).rows[0].behind;
    waiting = { ...rows[0], behind };
    return Object.values(waiting).every((some) => some === 0);
  };
  // Twice: what was between two places the first time has arrived the second time.
  const twice = async () => (await isQuiet()) && (await isQuiet());
  const quiet = await eventually(twice, { seconds: QUIET_SECONDS, every: 250, signal });
  return { seconds: (performance.now() - began) / 1000, waiting: quiet ? null : waiting };
}

async function behindInKafka(database, kafka) {
  const { rows } = await database.query(
    `select consumer_group as group, array_agg(distinct 'scheduling.' || split_part(type, '.', 2)) as topics
       from proof.hearing group by consumer_group`,
  );
  // While a coordinator moves the group cannot be asked.
  return kafka.behind(rows).catch((error) => error.message);
}
