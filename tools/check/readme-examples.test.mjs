// The client's README, as it is and with its example broken on purpose.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { readmeExamples } from './readme-examples.mjs';

const example = (code) => `\`\`\`ts\nimport { schedulingClient } from '@scheduling/client';\n${code}\n\`\`\`\n`;
const CLIENT = "const client = schedulingClient({ baseUrl: 'https://api.example.org', token: () => session.token() });";

describe('the examples of a README', () => {
  it('may say what the client has', async () => {
    const { ok, said } = await readmeExamples(example(`${CLIENT}\nawait client.GET('/api/v1/scheduling/bookings');`));
    assert.deepEqual([ok, said], [true, '']);
  });

  for (const [what, code, complaint] of [
    [
      'a route that there is not',
      `${CLIENT}\nawait client.GET('/api/v1/scheduling/lessons', {});`,
      'scheduling/lessons',
    ],
    ['a setting that there is not', CLIENT.replace('baseUrl', 'base'), "'base'"],
    ['a name that nothing exports', "import { nothing } from '@scheduling/client';\nnothing();", 'nothing'],
  ])
    it(`may not say ${what}`, async () => {
      const { ok, said } = await readmeExamples(example(code));
      assert.equal(ok, false);
      assert.ok(said.includes(complaint), said);
    });

  it('must be there', async () => {
    assert.equal((await readmeExamples('# client\n')).ok, false);
  });
});
