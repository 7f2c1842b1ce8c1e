// Fails where an event of today would break a consumer of a released one, or has not been released as it is.
// Runs with the TypeScript sources, by tools/swc-hook.mjs.
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { breaks } from '../generate/compatibility.mjs';
import { current, released, unreleased } from '../generate/released.mjs';
import { ROOT } from '../generate/root.mjs';
import { events, standalone } from '../generate/schemas.mjs';

const { parse } = createRequire(join(ROOT, 'libs/contracts/package.json'))('@scheduling/contracts');
const all = events();
const before = released();
const broken = breaks(before, current(all));

/** An example that its class refuses, or whose fields the class does not all know. */
function unread({ type, shape }, example, whose) {
  try {
    const [given, read] = [example, parse(shape, example)].map((it) => Object.entries(it).toSorted());
    return JSON.stringify(given) === JSON.stringify(read)
      ? []
      : [`${type} does not know all fields of ${whose} example`];
  } catch (error) {
    return [`${type} cannot read ${whose} example: ${JSON.stringify(error.facts ?? error.message)}`];
  }
}

/** An example that the published schema does not allow: the schema and the class would tell consumers two things. */
function disallowed(event) {
  const ajv = addFormats.default(new Ajv2020({ allErrors: true, allowUnionTypes: true, keywords: ['x-key'] }));
  const allows = ajv.compile(standalone(event));
  return event.examples
    .filter((example) => !allows(example))
    .map(() => `${event.type}: its schema refuses its example: ${ajv.errorsText(allows.errors)}`);
}

const unreadable = all.flatMap((event) => [
  ...(event.examples.length === 0 ? [`${event.type} has no example`] : []),
  ...event.examples.flatMap((example) => unread(event, example, 'its')),
  ...(before.get(event.type)?.examples ?? []).flatMap((example) => unread(event, example, 'a released')),
]);
const waiting = broken.length > 0 ? [] : unreleased(all);

const complaints = [
  ...broken,
  ...unreadable,
  ...all.flatMap(disallowed),
  ...waiting.map((type) => `${type} is not released as it is: run npm run generate -- --release`),
];
complaints.forEach((complaint) => console.error(complaint));
process.exitCode = complaints.length > 0 ? 1 : 0;
