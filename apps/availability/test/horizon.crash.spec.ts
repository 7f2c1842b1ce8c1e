import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { PersonId } from '@scheduling/domain';
import { Database, lockPeople } from '@scheduling/persistence';
import { until } from '@scheduling/testing';
import { instant, type Scenario, scenario } from './scenario.ts';

const TUTORS = 250;
const ROOT = join(__dirname, '../../..');
const FLAGS = ['--conditions=@scheduling/source', '--import', join(ROOT, 'tools/swc-hook.mjs')];

describe('a nightly run whose process is killed', () => {
  let s: Scenario;
  beforeAll(async () => {
    s = await scenario();
    await s.source.query(
      `insert into availability_blocks (id, tutor_id, start_at, end_at, is_recurring, rrule, timezone, timezone_source,
                                        exdates, created_at)
       select gen_random_uuid(), gen_random_uuid(), $1, $2, true, 'FREQ=DAILY', 'UTC', 'request', '{}', $1
         from generate_series(1, $3::int)`,
      [instant(1, 10), instant(1, 11), TUTORS],
    );
    await s.source.query(
      "insert into schedules select tutor_id, 1, start_at + interval '55 days', 1 from availability_blocks",
    );
  });
  afterAll(() => s.end());

  const tutors = async (): Promise<{ id: PersonId; version: number }[]> =>
    s.source.query('select tutor_id as id, version::int from schedules order by tutor_id');
  const versions = async () => Map.groupBy(await tutors(), ({ version }) => version);

  it('has done whole batches, and the next run does the rest, nobody twice', async () => {
    s.clock.advance(24 * 60);
    const inTheSecondBatch = (await tutors())[150]!.id;
    await new Database(s.source, s.clock).transaction(async (tx) => {
      await lockPeople(tx, [inTheSecondBatch]);
      const args = [...FLAGS, require.resolve('./nightly-run.ts'), s.url, s.clock.now().toISOString()];
      const run = spawn(process.execPath, args, { cwd: ROOT, stdio: 'ignore' });
      const ended = once(run, 'exit');
      try {
        await until('the first batch is done', async () => (await versions()).has(2));
      } finally {
        run.kill('SIGKILL');
        await ended;
      }
    });
    expect([...(await versions())].map(([version, of]) => [version, of.length])).toEqual([
      [2, 100],
      [1, 150],
    ]);

    await (await s.nightlyJob()).extend();
    expect([...(await versions())].map(([version, of]) => [version, of.length])).toEqual([[2, TUTORS]]);
    for (const { id } of (await tutors()).filter((_, nth) => nth % 50 === 0)) {
      expect(await s.published(id)).toHaveLength(1);
    }
    expect((await s.everything())['events']).toBe(TUTORS);
  });
});
