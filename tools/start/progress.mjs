import { CannotStart } from '../postgres/cannot-start.mjs';
import { isDebugging } from './settings.mjs';

/** Since when people wait: with-node.mjs began before us, and may have installed. */
const began = Number(process.env.STARTED_AT) || performance.timeOrigin;

/** Seconds since then, for people. */
export const seconds = () => ((Date.now() - began) / 1000).toFixed(1);

/** Says what happens now, behind the seconds that have passed. */
export const say = (what) => console.log(`[${seconds().padStart(5)} s] ${what}`);

/** Says in one sentence why something failed; the stack only to those who debug. */
export function complain(error) {
  const sentence =
    error instanceof CannotStart ? error.message : `Something unexpected went wrong: ${error?.message ?? error}`;
  console.error(isDebugging() ? error : sentence);
  if (!isDebugging() && !(error instanceof CannotStart)) console.error('LOG_LEVEL=debug tells more.');
}
