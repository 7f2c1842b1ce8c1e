import { createRequire } from 'node:module';
import { join } from 'node:path';
import { ROOT } from '../../start/settings.mjs';

const require = createRequire(join(ROOT, 'package.json'));
const store = (file) => require(join(ROOT, 'apps', 'booking', 'dist', ...file.split('/')));

/** The statement by which booking lists a tutor's slots: what is asked for is `tutorId`, `from`, `until` and `limit`. */
export function slotSearch() {
  const asked = { tutorId: 'the tutor', from: new Date(1), until: new Date(2), limit: 987_654 };
  const { listSlots } = store('slots/slot-search.store.js');
  const page = { limit: asked.limit, after: null };
  return overheard(asked, (database) => listSlots(database.glance(), asked.tutorId, asked, page));
}

/** The statement by which booking finds the first page of free tutors: what is asked for is `from`, `until` and `now`. */
export function tutorSearch(limit) {
  const asked = { from: new Date(1), until: new Date(2), now: new Date(3) };
  const { freeSlots } = store('search/search.store.js');
  const wanted = { ...asked, tutorIds: null, minPrice: null, maxPrice: null };
  const stretch = { after: null, upTo: null, limit };
  return overheard(asked, (database) => database.transaction((tx) => freeSlots(tx, wanted, stretch)));
}

/**
 * Lets a store speak to a database that is none, and writes down the one statement that reaches the driver: its text, its name
 * if it is planned once, and for each value `{of}` what was asked or `{is}` always the same.
 */
async function overheard(asked, speak) {
  const { Database } = require('@scheduling/persistence');
  const said = [];
  const client = {
    query: async (query, values) => {
      if (/^begin/.test(query)) return [undefined, { rows: [{ now: asked.now }] }];
      if (!/^(commit|rollback)$/.test(query)) said.push(typeof query === 'string' ? { text: query, values } : query);
      return { rows: [] };
    },
    release: () => undefined,
  };
  const pool = { connect: async () => client };
  const runner = { connect: async () => client, release: async () => undefined };
  await speak(new Database({ driver: { master: pool }, createQueryRunner: () => runner }));
  if (said.length !== 1) throw new Error(`One statement was to be overheard, and not ${said.length}.`);
  const [{ name, text, values }] = said;
  const origin = (value) => Object.keys(asked).find((key) => asked[key] === value);
  return { name, text, values: values.map((value) => (origin(value) ? { of: origin(value) } : { is: value })) };
}
