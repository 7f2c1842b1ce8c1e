import { Opened } from '../start/opened.mjs';
import { openBooking } from './booking-at-stripe.mjs';
import { eventually } from './eventually.mjs';
import { CRASHES } from './payment-crashes.mjs';

/** A lease of a dead worker ends after a minute and a half, and the tick after that goes on. */
const SECONDS = 240;

/** What must be so in the end of all payments together; each query answers rows that are wrong. */
const WRONG = {
  'no booking waits for its payment': "select id from bookings where status = 'pending_payment'",
  'each confirmed lesson has its money in the books, once, and its seat': `
    select b.id from bookings b
      left join transfers t on t.booking_id = b.id and t.kind = 'payment' and t.debit_account = 'stripe'
      left join claims c on c.slot_id = b.slot_id and c.person_id = b.student_id and c.expires_at is null
     where b.status = 'confirmed'
     group by b.id, b.price_cents having count(t.id) <> 1 or sum(t.amount_cents) <> b.price_cents or count(c.person_id) <> 1`,
  'each lesson that is off has given everything back': `
    select b.id from bookings b left join transfers t on t.booking_id = b.id
     where b.status in ('canceled', 'refunded')
     group by b.id having coalesce(sum(case when t.debit_account = 'stripe' then t.amount_cents else -t.amount_cents end), 0) <> 0`,
  'every payment is settled': "select id from payments where state <> 'settled'",
  'nothing is left for a person': 'select id from operator_tasks',
};

/** The booking service is killed at every step of a payment, by name; each time all must come to the same end as if it had not been. */
export async function payments(signal) {
  console.log('\npayments: booking is killed at each step of a payment by card, and hears of nothing by webhook');
  const opened = new Opened();
  try {
    const s = await openBooking(opened, signal);
    const [blocker, blocker2] = [await s.connect(opened), await s.connect(opened)];
    Object.assign(s, { blocker, blocker2, signal });
    const checks = [];
    const told = [];
    for (const crash of CRASHES) told.push({ crash, story: await tell(s, crash) });
    const until = performance.now() + SECONDS * 1000;
    for (const { crash, story } of told) checks.push(await judge(s, crash, story, (until - performance.now()) / 1000));
    checks.push(...(await agree(s)));
    const { kills, ownDeaths } = s.process;
    console.log(`  ${kills} kills`);
    checks.push(
      say('it never ended by itself', ownDeaths.length === 0 && kills === CRASHES.length, ownDeaths.join('\n')),
    );
    return checks;
  } finally {
    await opened.close();
  }
}

async function tell(s, { run, repeats, lapses }) {
  const story = await run(s);
  await s.ready(s.signal);
  if (repeats) await s.confirm(story, story.intentId);
  if (lapses) await lapse(s, story);
  return story;
}

/** Lets ten minutes pass for one hold. */
async function lapse({ database }, { id, slot }) {
  await database.query('update holds set expires_at = now() where id = $1', [id]);
  await database.query('update claims set expires_at = now() where slot_id = $1', [slot]);
  await database.query('update payments set next_attempt_at = now() where id = $1', [id]);
}

async function judge(s, { name, ends }, { id, intentId }, seconds) {
  let found;
  const isSo = async () => {
    const { status } = (await s.one('select status from bookings where id = $1', [id])) ?? { status: 'none' };
    const { moved } = await s.one(
      "select coalesce(string_agg(kind, ',' order by id), '') as moved from transfers where booking_id = $1",
      [id],
    );
    found = { booking: status, intent: s.double.intent(intentId).status, moved };
    return Object.entries(ends).every(([what, end]) => found[what] === end);
  };
  const ok = await eventually(isSo, { seconds: Math.max(seconds, 1), every: 500, signal: s.signal });
  return say(name, ok, JSON.stringify(found));
}

async function agree(s) {
  const checks = [];
  for (const [name, query] of Object.entries(WRONG)) {
    const isSo = async () => (await s.database.query(query)).rowCount === 0;
    checks.push(say(name, await eventually(isSo, { seconds: 30, signal: s.signal }), query));
  }
  const { cents } = await s.one(`
    select coalesce(sum(case when debit_account = 'stripe' then amount_cents else -amount_cents end), 0)::int as cents
      from transfers where 'stripe' in (debit_account, credit_account)`);
  const { captured, refunded } = s.double.totals().usd;
  const money = `${captured} captured - ${refunded} refunded, ${cents} in the books`;
  console.log(`  ${money}`);
  checks.push(say('what Stripe has is what the books say', captured - refunded === cents, money));
  return checks;
}

function say(name, ok, said) {
  console.log(`  ${ok ? 'ok    ' : 'FAILED'} ${name}${ok ? '' : `: ${said}`}`);
  return { name, ok: Boolean(ok), said };
}
