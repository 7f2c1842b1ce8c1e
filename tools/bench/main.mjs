// npm run bench: how fast we are beside a bare twin that does the same on the same machine in the same minutes.
//   npm run bench -- <suite> [--quick] [--only <part>]
import { Opened } from '../start/opened.mjs';
import { build } from '../start/build.mjs';
import { raised, Stopped, stopSignal } from '../start/stop-signal.mjs';
import { openHouse } from './house.mjs';
import { machine } from './machine.mjs';
import { readOrder, SUITES } from './order.mjs';
import { table } from './table.mjs';

const stop = stopSignal();
const opened = new Opened();
const began = performance.now();
const say = (what) => console.error(`[${((performance.now() - began) / 1000).toFixed(1).padStart(6)} s] ${what}`);

process.exit(await bench());

/** Whatever the figures say, a bench that could measure has succeeded. */
async function bench() {
  try {
    const order = readOrder(process.argv.slice(2));
    if (!order.suite) return list();
    await build(stop.signal);
    const house = await openHouse(opened, stop.signal);
    const rows = [];
    for (const [name, measure] of order.parts) {
      say(name);
      rows.push(...(await measured(measure, { house, everything: opened, isQuick: order.isQuick })));
    }
    console.log(table(rows, { command: order.command, machine: await machine(house) }));
    return 0;
  } catch (error) {
    const reason = stop.signal.aborted ? stop.signal.reason : error;
    console.error(reason instanceof Stopped ? 'Stopped before the end.' : reason);
    return 1;
  } finally {
    await opened.close();
  }
}

/** A part's own processes end with it, so that they do not disturb the next; a long statement does not keep it from ending. */
async function measured(measure, context) {
  const own = new Opened();
  const work = measure({ ...context, opened: own, signal: stop.signal, say });
  try {
    return await Promise.race([work, raised(stop.signal).then(() => Promise.reject(stop.signal.reason))]);
  } finally {
    work.catch(() => undefined); // broken off, it meets the end of what it used
    await own.close();
  }
}

function list() {
  console.log('npm run bench -- <suite> [--quick] [--only <part>]\n');
  for (const [name, parts] of Object.entries(SUITES)) console.log(`  ${name}: ${Object.keys(parts).join(', ')}`);
  return 0;
}
