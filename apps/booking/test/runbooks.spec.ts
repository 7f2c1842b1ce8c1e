import { globSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { testDatabase, type TestDatabase } from '@scheduling/testing';
import { bookingSchema } from '../src/schema.ts';

const ROOT = join(__dirname, '..', '..', '..');
const RUNBOOKS = join(ROOT, 'docs', 'runbooks');
const textOf = (page: string) => readFileSync(join(RUNBOOKS, page), 'utf8');

/** What the pages tell a reader to ask the database, with something in the places that they leave open. */
const STATEMENTS = readdirSync(RUNBOOKS).flatMap((page) =>
  [...textOf(page).matchAll(/`((?:select|update|delete) [^`]+)`/g)].map(([, sql]) => ({
    page,
    sql: sql!.replaceAll('<instant>', 'now()').replace('where …', 'where false'),
  })),
);

describe('the runbooks', () => {
  let test: TestDatabase;
  beforeAll(async () => {
    test = await testDatabase('booking', bookingSchema);
  });
  afterAll(() => test.drop());

  it('ask the database something', () => expect(STATEMENTS.length).toBeGreaterThan(5));

  it.each(STATEMENTS)('ask what this schema understands, in $page: $sql', async ({ sql }) => {
    await expect(test.source.query(`explain ${sql}`)).resolves.not.toHaveLength(0);
  });

  it('name jobs that there are', () => {
    const code = globSync('{apps,libs}/*/src/**/*.ts', { cwd: ROOT }).map((file) =>
      readFileSync(join(ROOT, file), 'utf8'),
    );
    const jobs = code.flatMap((text) =>
      [...text.matchAll(/(?:\.once\(|@Cron\([^)]*name: )'([^']+)'/g)].map(([, job]) => job!),
    );
    const named = [...textOf('missed-ticks.md').matchAll(/`([a-z]+\.(?:[a-z]+|\*))`/g)].map(([, name]) => name!);
    expect(named.length).toBeGreaterThan(10);
    const isThere = (name: string) => jobs.some((job) => job === name || `${job.split('.')[0]}.*` === name);
    expect(named.filter((name) => !isThere(name))).toEqual([]);
  });
});
