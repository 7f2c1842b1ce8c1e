import { calendars } from './calendars.mjs';
import { mail } from './mail.mjs';
import { memory } from './memory.mjs';
import { pairs } from './pairs.mjs';
import { racers } from './racers.mjs';

/** What is promised of booking's speed, in the order in which it is measured. */
export const booking = { pairs, racers, calendars, mail, memory };
