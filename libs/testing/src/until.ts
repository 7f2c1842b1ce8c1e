import { setTimeout as pause } from 'node:timers/promises';

/** Whoever asks without a pause takes the processor from what is waited for. */
const PAUSE_MS = 5;

/** Asks again and again until the answer is yes; says what it waited for when 40 seconds were not enough. */
export async function until(what: string, isSo: () => boolean | Promise<boolean>, seconds = 40): Promise<void> {
  const deadline = Date.now() + seconds * 1000;
  while (!(await isSo())) {
    if (Date.now() > deadline) throw new Error(`waited ${seconds} s for: ${what}`);
    await pause(PAUSE_MS);
  }
}
