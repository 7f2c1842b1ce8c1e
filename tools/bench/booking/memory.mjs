import { startLoad } from '../load/start.mjs';
import { memoryRow, watchingMemory } from '../memory.mjs';
import { startService } from '../start-service.mjs';
import { seconds as inSeconds, whole } from '../table.mjs';
import { scene } from './pairs.mjs';

const CONNECTIONS = 16;
/** As many as are sent to the generator of load in one message. */
const AT_ONCE = 10_000;
const FULL = { bookings: 200_000, atMostSeconds: 1500 };
const QUICK = { bookings: 10_000, atMostSeconds: 120 };

/** What memory the service has while it makes very many bookings. */
export async function memory(context) {
  const { signal, say, isQuick } = context;
  const { bookings, atMostSeconds } = isQuick ? QUICK : FULL;
  const { database, lessons } = await scene(context);
  const booking = await startService(context, { app: 'booking', name: 'booking-memory', database });
  const load = await startLoad(context);
  const { origin } = booking.ready;
  const began = performance.now();
  const elapsed = () => (performance.now() - began) / 1000;
  const { result: made, samples } = await watchingMemory([booking], async () => {
    let done = 0;
    while (done < bookings && elapsed() < atMostSeconds) {
      signal.throwIfAborted();
      const list = await lessons.pairs(AT_ONCE);
      done += (await load.chains({ origin, list, connections: CONNECTIONS, seconds: atMostSeconds - elapsed() })).done;
    }
    return done;
  });
  say(`${whole(made)} bookings in ${inSeconds(elapsed())}`);
  return [memoryRow(`booking over ${whole(made)} bookings`, samples[booking.name], { atMost: 1.2 })];
}
