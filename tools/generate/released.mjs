// The schemas of events as they were released.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { breaks } from './compatibility.mjs';
import { ROOT } from './root.mjs';
import { standalone } from './schemas.mjs';

const FOLDER = 'libs/contracts/released';

/** The schema of each event as it was released, by type. */
export function released() {
  const folder = join(ROOT, FOLDER);
  const files = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith('.json')) : [];
  return new Map(
    files.map((name) => [name.slice(0, -'.json'.length), JSON.parse(readFileSync(join(folder, name), 'utf8'))]),
  );
}

/** The schemas of today by type. */
export const current = (events) => new Map(events.map((event) => [event.type, standalone(event)]));

/** The files to write for what is new or has gained something; an error names what must not be released. */
export function release(events) {
  const wrong = breaks(released(), current(events));
  if (wrong.length > 0) throw new Error(`Not released, since it would break consumers:\n  ${wrong.join('\n  ')}`);
  return new Map(
    [...current(events)].map(([type, schema]) => [`${FOLDER}/${type}.json`, `${JSON.stringify(schema, null, 2)}\n`]),
  );
}

/** The types whose schema of today is not the released one. */
export function unreleased(events) {
  const before = released();
  const same = (type, schema) => JSON.stringify(before.get(type)) === JSON.stringify(schema);
  return [...current(events)].filter(([type, schema]) => !same(type, schema)).map(([type]) => type);
}
