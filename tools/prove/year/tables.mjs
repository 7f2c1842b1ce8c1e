const FOUNDATION = [
  'outbox',
  'inbox',
  'failed_deliveries',
  'dead_letters',
  'operator_requests',
  'idempotency',
  'audit_private',
];

/** What of a table must not grow, where some of its rows are kept for good. */
const PARTLY = {
  'booking.slots': 'not exists (select from booking.bookings where slot_id = t.id)',
  'booking.holds': `status <> 'confirmed'`,
  'booking.payments': `outcome <> 'captured'`,
  'bus.log': `type <> 'scheduling.accounts.UserErased.v1'`,
};

/** Every table from which something is taken. */
const PRUNED = [
  'bus.log',
  ...['accounts', 'availability', 'booking', 'calendar_sync', 'notification'].flatMap((schema) =>
    FOUNDATION.map((table) => `${schema}.${table}`),
  ),
  ...['exports', 'export_parts'].map((table) => `accounts.${table}`),
  ...[
    'slots',
    'holds',
    'claims',
    'payments',
    'slot_minimums',
    'waitlist',
    'waitlist_steps',
    'proposals',
    'stripe_events',
  ].map((table) => `booking.${table}`),
  ...['taken_windows', 'busy_windows', 'availability_blocks', 'time_off_blocks', 'date_overrides'].map(
    (table) => `availability.${table}`,
  ),
  ...['lessons', 'lesson_events', 'meetings', 'busy_events', 'repairs', 'oauth_states', 'channels'].map(
    (table) => `calendar_sync.${table}`,
  ),
  ...[
    'messages',
    'in_app',
    'push_receipts',
    'push_devices',
    'lessons',
    'sms_replies',
    'sms_statuses',
    'webhook_events',
  ].map((table) => `notification.${table}`),
  'notification.webhook_deliveries',
];

const TABLES = `
  select n.nspname || '.' || c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
   where c.relkind = 'r' and n.nspname = any($1) and c.relname <> 'migrations' order by 1`;

/** How many rows each table has, of them those that must not pile up, and its bytes on disk with its indexes, once vacuumed. */
export async function measure(database) {
  const schemas = ['bus', 'accounts', 'availability', 'booking', 'calendar_sync', 'notification'];
  const { rows: tables } = await database.query(TABLES, [schemas]);
  await database.query('vacuum analyze');
  const measured = {};
  for (const { name } of tables) {
    const { rows } = await database.query(
      `select count(*)::int as rows, (count(*) filter (where ${PARTLY[name] ?? 'true'}))::int as passing,
              pg_total_relation_size('${name}')::float8 as bytes from ${name} as t`,
    );
    measured[name] = rows[0];
  }
  return measured;
}

/** Whether a table is one from which something is taken. */
const isPruned = (name) => PRUNED.includes(name);
/** Whether all of its rows pass, so that its size on disk has to stay as well. */
const isWhollyPruned = (name) => isPruned(name) && !(name in PARTLY);

/** How much more there may be than before: chance and, on disk, room between rows. */
const MORE = { rows: 1.15, bytes: 1.3, fewRows: 15, fewBytes: 65_536 };

/** A check of each table that has to stay as it is: its rows since they may have filled it, its size since space is used again. */
export function flatness([full, turned, last]) {
  return PRUNED.map((name) => {
    const [first, before, is] = [full[name], turned[name], last[name]];
    if (!is) return { name: `year: ${name} is there`, ok: false, said: name };
    // Chance has a part in how many there are on one day; what grows for ever has a third more at the last look than at the one before.
    const filled = Math.max(first.passing, before.passing);
    const rows = is.passing <= filled * MORE.rows + MORE.fewRows;
    const bytes = !isWhollyPruned(name) || is.bytes <= before.bytes * MORE.bytes + MORE.fewBytes;
    const said = `${first.passing} → ${before.passing} → ${is.passing} rows, ${before.bytes} → ${is.bytes} bytes`;
    return { name: `year: ${name} stays as it is`, ok: rows && bytes, said };
  });
}

/** Prints the rows and sizes of each table on several days. */
export function tell(days) {
  const names = Object.keys(days[0].tables);
  const columns = days.map(({ day }) => `day ${day}`.padStart(22)).join('');
  console.log(`\n${'table'.padEnd(38)}${columns}`);
  for (const [title, chosen] of [
    ['something is taken away', names.filter(isPruned)],
    ['kept', names.filter((name) => !isPruned(name))],
  ]) {
    console.log(`-- ${title}`);
    for (const name of chosen) console.log(name.padEnd(38) + days.map(({ tables }) => cell(tables[name])).join(''));
  }
}

const cell = ({ rows, passing, bytes }) => {
  const count = rows === passing ? `${rows}` : `${rows} (${passing})`;
  return `${count} ${(bytes / 1024).toFixed(0).padStart(6)} kB`.padStart(22);
};
