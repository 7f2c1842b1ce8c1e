import { setTimeout as pause } from 'node:timers/promises';

const LOOK_MS = 250;
/** A group of Kafka takes its time to come to rest. */
const PATIENCE_MS = 120_000;

/** Writes down what is wanted, and waits until a replica has done it; whether all went well. */
export async function ask([{ service, client }], { command, group, argument }, signal) {
  const wanted = argument === '--all' ? await lettersOf(client, group) : [argument ?? null];
  if (wanted.length === 0) console.log(`${group} has no dead letters.`);
  let isWell = true;
  for (const one of wanted)
    isWell = (await askOnce({ service, client, signal }, { command, group, argument: one })) && isWell;
  return isWell;
}

async function lettersOf(client, group) {
  const { rows } = await client.query(
    'select event_id from dead_letters where consumer_group = $1 and resolved_at is null order by died_at',
    [group],
  );
  return rows.map(({ event_id: id }) => id);
}

async function askOnce({ service, client, signal }, { command, group, argument }) {
  const { rows } = await client.query(
    'insert into operator_requests (action, consumer_group, argument) values ($1, $2, $3) returning id',
    [command, group, argument],
  );
  const what = [command, group, argument].filter(Boolean).join(' ');
  const until = performance.now() + PATIENCE_MS;
  for (;;) {
    const { rows: found } = await client.query('select state, error from operator_requests where id = $1', [
      rows[0].id,
    ]);
    const [{ state, error }] = found;
    if (state === 'done') return console.log(`done: ${what}`) ?? true;
    if (state === 'failed') return console.error(`failed: ${what}: ${error}`) ?? false;
    if (performance.now() > until) {
      console.error(`${what} is not done yet: does a replica of ${service} run? It will be done when one does.`);
      return false;
    }
    await pause(LOOK_MS, undefined, { signal });
  }
}
