import { createRequire } from 'node:module';
import { join } from 'node:path';
import { verify } from '../audit/verify.mjs';
import { eventually } from '../prove/eventually.mjs';
import { SCHEMAS } from '../prove/proof-schema.mjs';
import { ROOT } from '../start/settings.mjs';

const SECONDS = 90;

/** Has the trail of booking sealed now, and answers the ends of all as `audit sealed` logs them. */
export async function headsOf(database, url, signal) {
  await database.query("update booking.ticks set next_at = now() where job = 'audit.seal'");
  let heads;
  const isSealed = async () => (heads = await sealedIn(url)).some(({ schema }) => schema === 'booking');
  if (!(await eventually(isSealed, { seconds: SECONDS, every: 500, signal })))
    throw new Error('Nobody seals the trail.');
  return heads;
}

async function sealedIn(url) {
  const { verifyTrail } = persistence();
  const heads = [];
  for (const schema of SCHEMAS) {
    const { head } = await verify(verifyTrail, { schema, url, heads: [] });
    if (head) heads.push({ schema, ...head });
  }
  return heads;
}

/** Whether each of these ends is found in the trails that stand there. */
export async function headsHold(url, heads) {
  const { verifyTrail } = persistence();
  const faults = [];
  for (const schema of SCHEMAS) {
    const own = heads.filter((head) => head.schema === schema);
    faults.push(...(await verify(verifyTrail, { schema, url, heads: own })).faults);
  }
  return {
    name: `${heads.length} heads of audit trails that were sealed by then are found`,
    ok: faults.length === 0,
    said: faults[0],
  };
}

const persistence = () => createRequire(join(ROOT, 'package.json'))('@scheduling/persistence');
