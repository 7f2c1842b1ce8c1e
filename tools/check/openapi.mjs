import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createConfig, lint } from '@redocly/openapi-core';
import { ROOT } from '../generate/root.mjs';

/** Rules that we break on purpose. */
const RULES = {
  // A fixed word wins over an id, as in `/availability/search` and `/availability/{availability_id}`: the product's specification has both.
  'no-ambiguous-paths': 'off',
};

/** POSTs that take no Idempotency-Key, and why a repeat does no harm (docs/decisions/0031-…). */
const UNKEYED = {
  '/api/v1/scheduling/availability/preview': 'writes nothing',
  '/api/v1/scheduling/bookings/series/preview': 'writes nothing',
  '/api/v1/scheduling/calendar/connect': "Google's code is good for once, and its state too",
  '/api/v1/scheduling/calendar/feed': 'a kept answer would hold the secret address, which the last one replaces',
  '/api/v1/scheduling/notifications/devices': 'a device is known by its token',

  '/api/v1/scheduling/notifications/read-all': 'read is read',
  '/api/v1/scheduling/notifications/{notification_id}/read': 'read is read',
  '/api/v1/scheduling/notifications/unsubscribe/{token}': 'says what shall hold',
  '/api/v1/scheduling/webhooks/google-calendar': 'Google sends none: a message is known by its number',
  '/api/v1/scheduling/webhooks/stripe': 'Stripe sends none: an event is known by its id',
  '/api/v1/scheduling/webhooks/twilio/inbound': 'Twilio sends none: a message is known by its sid',
  '/api/v1/scheduling/webhooks/twilio/status': 'Twilio sends none: a message is known by its sid',
};

/** Whether the description of the API is sound, by Redocly's recommended rules, and every POST but those above takes an Idempotency-Key. */
export async function openApiLint() {
  const path = join(ROOT, 'docs/openapi.json');
  const config = await createConfig({ extends: ['recommended'], rules: RULES });
  const problems = (await lint({ ref: path, config })).map(
    ({ severity, ruleId, message, location }) => `${severity} ${ruleId} ${location[0]?.pointer}: ${message}`,
  );
  const unkeyed = misjudged(JSON.parse(readFileSync(path, 'utf8')).paths);
  const said = [...problems, ...unkeyed];
  return { ok: said.length === 0, said: said.join('\n') };
}

function misjudged(paths) {
  const posts = Object.entries(paths).filter(([, { post }]) => post);
  const keyed = posts.filter(([, { post }]) => post.parameters?.some(({ name }) => name === 'Idempotency-Key'));
  const isKeyed = new Set(keyed.map(([path]) => path));
  const known = new Set(posts.map(([path]) => path));
  return [
    ...[...known]
      .filter((path) => !isKeyed.has(path) && !(path in UNKEYED))
      .map((path) => `${path} takes no Idempotency-Key`),
    ...Object.keys(UNKEYED)
      .filter((path) => !known.has(path) || isKeyed.has(path))
      .map((path) => `${path} needs no excuse`),
  ];
}
