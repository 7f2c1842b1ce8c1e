import { join } from 'node:path';
import { createConfig, lint } from '@redocly/openapi-core';
import { ROOT } from '../generate/root.mjs';

/** Rules that we break on purpose. */
const RULES = {
  // A fixed word wins over an id, as in `/availability/search` and `/availability/{availability_id}`: the product's specification has both.
  'no-ambiguous-paths': 'off',
};

/** Whether the description of the API is sound, by Redocly's recommended rules. */
export async function openApiLint() {
  const config = await createConfig({ extends: ['recommended'], rules: RULES });
  const problems = await lint({ ref: join(ROOT, 'docs/openapi.json'), config });
  const said = problems.map(
    ({ severity, ruleId, message, location }) => `${severity} ${ruleId} ${location[0]?.pointer}: ${message}`,
  );
  return { ok: problems.length === 0, said: said.join('\n') };
}
