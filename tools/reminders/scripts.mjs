import { fileURLToPath } from 'node:url';

/** What runs in processes of its own. */
export const SINK = fileURLToPath(new URL('./sink.mjs', import.meta.url));
export const BARE_SENDER = fileURLToPath(new URL('./bare-sender.mjs', import.meta.url));
