import { insert, SCHEMAS } from './proof-schema.mjs';

/** Writes all that was seen from outside beside what the services keep, for the checks to compare. */
export async function gatherEvidence({ database, house, results, kafka }) {
  await insert(database, 'orders', results);
  await insert(database, 'inbox', await inboxOf(house));
  await insert(database, 'calendars', await calendarsOf(house));
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

async function inboxOf(house) {
  const items = await sandbox(house, 'inbox.json');
  return items.map(({ message_id, to }) => ({ message_id, to }));
}

/** What stands in the calendars of all people, lessons of ours alone. */
async function calendarsOf(house) {
  const calendars = await sandbox(house, 'google/calendars.json');
  return calendars.flatMap(({ calendar_id: email, events }) =>
    events
      .filter(({ booking_id }) => booking_id)
      .map(({ booking_id, start_at, end_at, join_link: link }) => ({ email, booking_id, start_at, end_at, link })),
  );
}

async function sandbox({ gateway, services }, path) {
  const answer = await fetch(`${gateway.replace(/:\d+$/, `:${services.sandbox.env.PORT}`)}/sandbox/${path}`);
  return (await answer.json()).items;
}
