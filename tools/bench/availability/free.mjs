import { startLoad } from '../load/start.mjs';
import { startService } from '../start-service.mjs';
import { byTurns, compare, median } from '../statistics.mjs';
import { milliseconds, whole } from '../table.mjs';
import { filledDays, hoursAfter, tutorsFor } from './calendar.mjs';
import { inventory } from './inventory.mjs';
import { tutorSearch } from './statements.mjs';

const A_ROUND = 40;
const LIMIT = 20;
/** Hours of the day at which some tutors teach and others do not. */
const HOURS = [18, 12, 15, 9, 17, 10, 14, 16, 11];

/** Which tutors are free in an hour, the first page of many: our endpoint beside the bare statement. */
export async function free(context) {
  const { house, opened, signal, say, isQuick } = context;
  const slots = await inventory(context, 'large');
  await slots.growTo(isQuick ? tutorsFor(1_000_000) : 10_000, signal);
  say(`${whole(slots.slots)} slots of ${whole(slots.tutors.length)} tutors`);

  const { database } = slots;
  const booking = await startService(context, { app: 'booking', database });
  const token = await house.issuer.token();
  const windows = hoursToAskFor();
  const ours = { ...booking.ready, requests: windows.map((window) => asked(window, token)) };
  const load = await startLoad(context, { ours });
  const bare = await bareStatement(await house.connect(database, 'booking', opened), windows);
  await checkAnswer(ours);

  const contenders = {
    ours: async () => median(await load.oneByOne('ours', A_ROUND)),
    twin: async () => median(await bare(A_ROUND)),
  };
  await byTurns(contenders, 2, signal);
  const figures = await byTurns(contenders, isQuick ? 7 : 15, signal);
  const what = `who is free in an hour, of ${whole(slots.tutors.length)} tutors with ${whole(slots.slots)} slots, first page`;
  return [compare({ what, ...figures, show: milliseconds, aim: { atMost: 3 } })];
}

/** Tuesday 18:00 to 19:00 and the like: all days and hours, so that few questions are asked twice. */
const hoursToAskFor = () =>
  HOURS.flatMap((hour) => filledDays.map((midnight) => hoursAfter(midnight, hour))).map((from) => ({
    from,
    until: hoursAfter(from, 1),
  }));

function asked({ from, until }, token) {
  const range = `from=${from.toISOString()}&to=${until.toISOString()}`;
  return {
    path: `/api/v1/scheduling/availability/search?${range}&timezone=Europe/Kyiv&limit=${LIMIT}`,
    headers: { authorization: `Bearer ${token}` },
  };
}

/** The statement that the service's store writes, run one after the other: a function that answers how long each took. */
async function bareStatement(client, windows) {
  const { name, text, values } = await tutorSearch(LIMIT);
  let next = 0;
  const once = async () => {
    const window = { ...windows[next % windows.length], now: new Date() };
    next += 1;
    const began = performance.now();
    await client.query({ name, text, values: values.map((value) => ('of' in value ? window[value.of] : value.is)) });
    return performance.now() - began;
  };
  return async (many) => {
    const latencies = [];
    for (let n = 0; n < many; n += 1) latencies.push(await once());
    return latencies;
  };
}

async function checkAnswer({ origin, requests: [{ path, headers }] }) {
  const answer = await fetch(origin + path, { headers });
  const { items } = await answer.json();
  if (items?.length !== LIMIT) throw new Error(`The search answers ${answer.status} and ${items?.length} tutors.`);
}
