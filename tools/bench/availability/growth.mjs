import { startLoad } from '../load/start.mjs';
import { startService } from '../start-service.mjs';
import { byTurns, compare } from '../statistics.mjs';
import { perSecond, whole } from '../table.mjs';
import { tutorsFor } from './calendar.mjs';
import { inventory } from './inventory.mjs';
import { checkAnswers, manyWeeks } from './weeks.mjs';

const SMALL = 100_000;

/** How much slower the same search is where there are a hundred times as many slots: the small inventory is the twin. */
export async function growth(context) {
  const { signal, say, isQuick } = context;
  const many = isQuick ? 1_000_000 : 10_000_000;
  const times = isQuick ? { rounds: 5, seconds: 2, warm: 2 } : { rounds: 9, seconds: 4, warm: 3 };
  const small = await inventory(context, 'small');
  await small.growTo(tutorsFor(SMALL), signal);
  const large = await inventory(context, 'large');
  await large.growTo(tutorsFor(many), signal);
  say(`${whole(large.slots)} slots of ${whole(large.tutors.length)} tutors`);

  const servers = { ours: await server(context, 'large', large), twin: await server(context, 'small', small) };
  await checkAnswers(servers);
  const load = await startLoad(context, servers);
  const capacity = (seconds) =>
    Object.fromEntries(
      Object.keys(servers).map((name) => [name, async () => 1 / (await load.capacity(name, seconds))]),
    );
  await byTurns(capacity(times.warm), 1, signal);
  const figures = await byTurns(capacity(times.seconds), times.rounds, signal);
  const what = `time of a search, ${whole(large.slots)} slots over ${whole(small.slots)}`;
  return [compare({ what, ...figures, show: (time) => perSecond(1 / time), aim: { atMost: 1.3 } })];
}

async function server(context, name, { database, tutors }) {
  const booking = await startService(context, { app: 'booking', name: `booking-${name}`, database });
  const token = await context.house.issuer.token();
  return { ...booking.ready, requests: manyWeeks(tutors).map((week) => week.asked(token)) };
}
