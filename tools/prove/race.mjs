import { Opened } from '../start/opened.mjs';
import { Api } from './api.mjs';
import { startHouse } from './house.mjs';
import { populate } from './population.mjs';
import { connect } from './proof-schema.mjs';
import { Random } from './random.mjs';

const RACERS = 200;
const HOLD = '/api/v1/scheduling/booking/hold';

/** What a race must leave behind; each query answers one number. */
const LEFT = {
  'one claim of the tutor': 'select count(*)::int from booking.claims where slot_id = $1 and seat = 0',
  'one claim of a student': 'select count(*)::int from booking.claims where slot_id = $1 and seat > 0',
  'one hold': 'select count(*)::int from booking.holds where slot_id = $1',
  'one SlotHeld': `select count(*)::int from (
      select envelope from bus.log where type like '%.SlotHeld.v1' union all
      select envelope from booking.outbox where type like '%.SlotHeld.v1') as stated
     where envelope -> 'data' ->> 'slot_id' = $1::text`,
};

/** 200 students hold one slot at the same moment, through the gateway; answers the checks, and prints how long it took. */
export async function race(seed, signal) {
  const opened = new Opened();
  try {
    const name = 'race';
    const say = () => undefined;
    const house = await startHouse({ name, say, beforeServices: async () => undefined }, opened, signal);
    const database = await connect(house.adminUrl);
    opened.add('a connection', () => database.end());
    const api = new Api(house.gateway, new Random(seed), signal);
    const orders = await populate(api, { tutors: 2, students: RACERS, bookings: RACERS });
    const students = orders.map(({ student }) => student);
    // Twice: the first race finds processes that have just started, the second, for another time, warm ones.
    const [cold, warm] = [orders[0].slotId, orders[2].slotId];
    await run(house.gateway, cold, students);
    const answers = await run(house.gateway, warm, students);
    return [...judge(answers), ...(await inspect(database, warm))];
  } finally {
    await opened.close();
  }
}

const run = (gateway, slotId, students) => Promise.all(students.map((student) => hold(gateway, slotId, student)));

async function hold(gateway, slotId, { token }) {
  const began = performance.now();
  const answer = await fetch(gateway + HOLD, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ slot_id: slotId }),
  });
  const { code } = await answer.json();
  return { status: answer.status, code, ms: performance.now() - began };
}

function judge(answers) {
  const won = answers.filter(({ status }) => status === 201).length;
  const lost = answers.filter(({ status, code }) => status === 409 && code === 'slot_held').length;
  const ms = answers.map((one) => one.ms).toSorted((a, b) => a - b);
  console.log(`\nrace\n  ${RACERS} at once          ${won} × 201, ${lost} × 409 slot_held`);
  console.log(
    `  answered after       ${Math.round(ms[0])} to ${Math.round(ms.at(-1))} ms, half of them within ${Math.round(ms[RACERS / 2])} ms`,
  );
  return [{ name: 'one student won, all others were refused by name', ok: won === 1 && lost === RACERS - 1, said: '' }];
}

async function inspect(database, slotId) {
  const checks = [];
  for (const [name, query] of Object.entries(LEFT)) {
    const { rows } = await database.query(query, [slotId]);
    checks.push({ name, ok: rows[0].count === 1, said: `${rows[0].count}` });
    console.log(`  ${rows[0].count === 1 ? 'ok    ' : 'FAILED'} ${name}`);
  }
  return checks;
}
