import { insert, SCHEMAS } from './proof-schema.mjs';

/** Writes all that was seen from outside beside what the services keep, for the checks to compare. */
export async function gatherEvidence({ database, house, results, kafka }) {
  await insert(database, 'orders', results);
  await insert(database, 'inbox', await inboxOf(house));
  const deaths = Object.values(house.services).map(({ name, kills, ownDeaths }) => ({
    service: name,
    kills,
    own: ownDeaths.length,
  }));
  await insert(database, 'deaths', deaths);
  for (const schema of SCHEMAS) {
    await database.query(
      `insert into proof.receipts (consumer_group, event_id) select consumer_group, event_id from ${schema}.inbox`,
    );
  }
  if (kafka) {
    const envelopes = await kafka.readAll();
    await insert(
      database,
      'log',
      envelopes.map((envelope) => ({ event_id: envelope.id, envelope })),
    );
  } else {
    await database.query(
      'insert into proof.log (event_id, envelope) select event_id, envelope from bus.log order by pos',
    );
  }
}

async function inboxOf({ gateway, services }) {
  const port = services.sandbox.env.PORT;
  const answer = await fetch(`${gateway.replace(/:\d+$/, `:${port}`)}/sandbox/inbox.json`);
  const { items } = await answer.json();
  return items.map(({ message_id, to }) => ({ message_id, to }));
}
