import { setTimeout as pause } from 'node:timers/promises';
import { isTransient } from './postgres-errors.ts';

const PAUSE_MS = { first: 250, longest: 10_000 };

/**
 * Does work again a little later where it met a lock that it did not get, until an instant in ms since 1970. Whoever waits for a lock
 * instead has everybody else wait behind them.
 */
export async function giveWay<T>(work: () => Promise<T>, deadline: number): Promise<T> {
  for (let ms = PAUSE_MS.first; ; ms = Math.min(ms * 2, PAUSE_MS.longest)) {
    try {
      return await work();
    } catch (error) {
      if (!isTransient(error) || Date.now() + ms > deadline) throw error;
      await pause(ms);
    }
  }
}
