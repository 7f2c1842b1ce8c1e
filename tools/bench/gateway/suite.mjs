import { overhead } from './overhead.mjs';
import { sockets } from './sockets.mjs';

/** What is promised of the gateway, in the order in which it is measured. */
export const gateway = { overhead, sockets };
