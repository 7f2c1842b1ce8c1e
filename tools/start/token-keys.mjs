import { createHash } from 'node:crypto';
import { secret } from '../postgres/secrets.mjs';

/** What the tokens of calendars are encrypted with in a data folder: made at random and kept, as its passwords are. */
export const tokenKeys = (dataDir) =>
  `embedded:${createHash('sha256').update(secret(dataDir, 'calendar-tokens')).digest('base64')}`;
