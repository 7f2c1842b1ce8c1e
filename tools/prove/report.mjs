const NUMBERS = `select
  (select count(*) from proof.orders where booking_id is not null) as bookings,
  (select count(*) from proof.history) as events,
  (select count(*) from proof.log) as logged,
  (select count(*) from proof.receipts) as receipts,
  (select count(*) from proof.inbox) as mails,
  (select count(*) - count(distinct message_id) from proof.inbox) as repeats`;

/** Prints what a run saw, its checks, and what the services complained of where one failed. */
export async function tell({ name, database, house, api, loadSeconds, quiet, ended, checks }) {
  const { rows } = await database.query(NUMBERS);
  const [seen] = rows;
  const services = Object.values(house.services);
  const kills = services.filter((one) => one.kills > 0).map((one) => `${one.name} ${one.kills}`);
  const lines = [
    ['bookings', `${seen.bookings}, in ${loadSeconds.toFixed(1)} s; quiet ${quiet.seconds.toFixed(1)} s later`],
    ['requests sent again', api.repeats],
    ['kills', ended ? leaders(ended) : `${services.reduce((sum, one) => sum + one.kills, 0)}: ${kills.join(', ')}`],
    ['events', `${seen.events} stated, ${seen.logged} in the log, ${seen.receipts} receipts`],
    ['mails', `${seen.mails}, of which raw repeats ${seen.repeats}`],
  ];
  console.log(`\n${name}`);
  for (const [what, figure] of lines) console.log(`  ${what.padEnd(20)} ${figure}`);
  const isRed = checks.filter((check) => check.isRed);
  for (const check of checks.filter((one) => !one.isRed || !one.ok)) show(check);
  const good = isRed.filter(({ ok }) => ok).length;
  console.log(`  ${good} of ${isRed.length} checks turn red over tampered rows\n`);
  if (checks.some(({ ok }) => !ok)) tellComplaints(house);
}

/** Prints how services died by themselves and what they complained of. */
export function tellComplaints({ services }) {
  for (const service of Object.values(services)) {
    for (const death of service.ownDeaths) console.log(`    ${service.name} ${death}`);
    for (const line of service.complaints()) console.log(`    ${service.name}: ${line}`);
  }
}

function show({ name, ok, said }) {
  console.log(`  ${ok ? 'ok    ' : 'FAILED'} ${name}`);
  if (!ok) console.log(said.replace(/^/gm, '           '));
}

const leaders = (ended) => {
  const of = (what) => ended.filter((one) => one.what === what);
  const inBatch = ended.filter((one) => one.inBatch).length;
  return `leaders: ${of('stopped').length} stopped, ${of('killed').length} killed, ${inBatch} of them in mid-batch`;
};
