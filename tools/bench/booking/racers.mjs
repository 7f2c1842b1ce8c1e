import { startLoad } from '../load/start.mjs';
import { startService } from '../start-service.mjs';
import { byTurns, compare, percentile } from '../statistics.mjs';
import { milliseconds } from '../table.mjs';
import { scene } from './pairs.mjs';
import { lessonOf } from './population.mjs';

const RACERS = 100;
const ROUNDS = 15;
const WARM = 3;

/** How long the slowest of a hundred take who want one slot, beside a hundred who want a slot each. */
export async function racers(context) {
  const { house, signal } = context;
  const { database, lessons } = await scene(context);
  const { ready } = await startService(context, { app: 'booking', name: 'booking-racers', database });
  const load = await startLoad(context);
  const holds = async (slotOf) => {
    const first = lessons.take(RACERS);
    return Promise.all(
      Array.from({ length: RACERS }, async (_, i) => {
        const token = await house.issuer.token({ id: lessonOf(first + i).studentId });
        return {
          method: 'POST',
          path: '/api/v1/scheduling/booking/hold',
          headers: { authorization: `Bearer ${token}` },
          body: JSON.stringify({ slot_id: lessonOf(slotOf(first, i)).slotId }),
        };
      }),
    );
  };
  const slowest = (winners, slotOf) => async () => {
    const answers = await load.burst({ origin: ready.origin, requests: await holds(slotOf) });
    const won = answers.filter(({ status }) => status === 201).length;
    if (won !== winners || answers.some(({ status }) => ![201, 409].includes(status)))
      throw new Error(`${won} of ${RACERS} won, and not ${winners}.`);
    return percentile(
      answers.map(({ took }) => took),
      99,
    );
  };
  const contenders = { ours: slowest(1, (first) => first), twin: slowest(RACERS, (first, i) => first + i) };
  await byTurns(contenders, WARM, signal);
  const figures = await byTurns(contenders, ROUNDS, signal);
  const what = `p99 of ${RACERS} racers on one slot over that of ${RACERS} holds on as many`;
  return [compare({ what, ...figures, show: milliseconds, aim: { atMost: 1 } })];
}
