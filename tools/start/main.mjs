// npm start: hosts the whole system in this process, on an embedded PostgreSQL. It alone owns the signals.
import { startAll } from './host.mjs';
import { Opened } from './opened.mjs';
import { complain } from './progress.mjs';
import { readSettings } from './settings.mjs';
import { raised, Stopped, stopSignal } from './stop-signal.mjs';

const opened = new Opened();
const stop = stopSignal();

async function live() {
  try {
    await startAll(readSettings(), opened, stop);
    await raised(stop.signal);
    return stop.signal.reason;
  } catch (error) {
    return stop.signal.aborted ? stop.signal.reason : error;
  }
}

const reason = await live();
if (!(reason instanceof Stopped)) complain(reason);
const started = opened.size > 0;
await opened.close();
if (started || reason instanceof Stopped) console.log('Stopped.');
process.exit(reason instanceof Stopped ? 0 : 1);
