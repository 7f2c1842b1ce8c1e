const LISTED = 50;

/** Says how far each group is behind; where the log is in Kafka, its own tools and /metrics do. */
export async function lag(places) {
  const rows = [];
  for (const { client } of places) {
    const found = await client.query(
      `select g.consumer_group as group, g.paused, (select count(*)::int from dead_letters d
                where d.consumer_group = g.consumer_group and d.resolved_at is null) as dead,
              (select sum(ahead.n)::int from bus.offsets o, lateral (
                 select count(*) as n from (select from bus.log l where l.part = o.part and l.pos > o.pos limit 10000) as unheard) as ahead
                where o.grp = g.consumer_group) as behind,
              (select max(extract(epoch from clock_timestamp() - first.logged_at))::int from bus.offsets o, lateral (
                 select logged_at from bus.log l where l.part = o.part and l.pos > o.pos order by l.pos limit 1) as first
                where o.grp = g.consumer_group) as seconds
         from consumer_groups g order by 1`,
    );
    rows.push(...found.rows);
  }
  for (const { group, paused, dead: letters, behind, seconds } of rows) {
    const state = [
      behind === null
        ? 'in Kafka: see events_lag at /metrics'
        : behind === 0
          ? 'up to date'
          : `${behind} events behind, the oldest of ${seconds} s`,
      paused && 'PAUSED',
      letters > 0 && `${letters} dead letters`,
    ];
    console.log(`${group.padEnd(36)} ${state.filter(Boolean).join(', ')}`);
  }
  return true;
}

/** Lists dead letters that nobody has dealt with, the newest first. */
export async function dead(places, { group }) {
  let all = 0;
  for (const { client } of places) {
    const { rows } = await client.query(
      `select consumer_group as group, event_id, envelope ->> 'type' as type, error, attempts, died_at from dead_letters
        where resolved_at is null and ($1::text is null or consumer_group = $1) order by died_at desc limit ${LISTED}`,
      [group ?? null],
    );
    all += rows.length;
    for (const row of rows)
      console.log(
        `${row.died_at.toISOString()}  ${row.group}  ${row.event_id}  ${row.type.split('.').at(-2)}  ${row.error}`,
      );
  }
  console.log(all === 0 ? 'Nothing was given up.' : `${all} dead letters (at most ${LISTED} of a service are shown).`);
  return true;
}

/** Shows one of them whole. It may tell of people: it goes to nobody else. */
export async function show([{ client }], { group, argument: id }) {
  const { rows } = await client.query('select * from dead_letters where consumer_group = $1 and event_id = $2', [
    group,
    id,
  ]);
  if (rows.length === 0) {
    console.error(`${group} has no dead letter ${id}.`);
    return false;
  }
  console.log(JSON.stringify(rows[0], null, 2));
  return true;
}
