import { expansion } from './expansion.mjs';
import { free } from './free.mjs';
import { growth } from './growth.mjs';
import { night } from './night.mjs';
import { search } from './search.mjs';

/** What is promised of availability's speed, in the order in which it is measured. */
export const availability = { expansion, search, free, growth, night };
