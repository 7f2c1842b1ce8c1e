import { pairs } from './pairs.mjs';

/** What is promised of booking's speed, in the order in which it is measured. */
export const booking = { pairs };
