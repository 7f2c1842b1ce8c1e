/** Asked to stop: no failure. */
export class Stopped extends Error {}

/**
 * A signal that is raised once, with its reason: `Stopped` when a terminal, a supervisor or the end of our parent asks
 * for it, the error when something breaks that nobody waits for. Asking again changes nothing.
 */
export function stopSignal() {
  const controller = new AbortController();
  const now = (reason) => controller.abort(reason);
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(name, () => now(new Stopped(name)));
  for (const name of ['uncaughtException', 'unhandledRejection']) process.on(name, now);
  // Our parent is tools/with-node.mjs: when it is killed with -9, only the channel between us says so.
  if (process.connected) process.on('disconnect', () => now(new Stopped('disconnect')));
  // A terminal that is gone must not end us before PostgreSQL is down.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => now(new Stopped('output')));
  return { signal: controller.signal, now };
}

/** Waits until the signal is raised. */
export const raised = (signal) =>
  new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
