import { type TestDatabase, testDatabase } from '@scheduling/testing';
import { DataSource } from 'typeorm';
import { ownSchema } from './own-schema.ts';
import { provision } from './provision.ts';

const ours = (url: string) => ownSchema(url, 'ours', [], []);
const signedInAs = (url: string, role: string) => Object.assign(new URL(url), { username: role }).href;

describe('the role of a service', () => {
  let test: TestDatabase;
  let neighbour: DataSource;
  beforeAll(async () => {
    test = await testDatabase('ours', ours);
    await provision(test.adminUrl, [{ schema: 'theirs', password: 'test' }]);
    neighbour = await new DataSource(ownSchema(signedInAs(test.url, 'theirs'), 'theirs', [], [])).initialize();
    await neighbour.runMigrations();
  });
  afterAll(async () => {
    await neighbour.destroy();
    await test.drop();
  });

  it.each([
    ['read', 'select * from theirs.outbox'],
    ['write', "insert into theirs.consumer_groups (consumer_group) values ('x')"],
    ['drop', 'drop table theirs.inbox'],
    ['create in', 'create table theirs.mine (id int)'],
  ])('cannot %s what another service owns', async (_, statement) => {
    await expect(test.source.query(statement)).rejects.toMatchObject({ driverError: { code: '42501' } });
  });

  const state = (topic: string) => `
    insert into bus.log (part, topic, key, type, event_id, envelope)
    values (0, '${topic}', 'k', 't', gen_random_uuid(), '{}')`;

  it('states only events of its own', async () => {
    await expect(test.source.query(state('scheduling.theirs'))).rejects.toMatchObject({
      driverError: { code: '42501' },
    });
    await test.source.query(state('scheduling.ours'));
  });

  it('moves only groups of its own', async () => {
    await neighbour.query("insert into bus.offsets (grp, part) values ('theirs.reader', 0)");
    expect(await test.source.query('select * from bus.offsets')).toEqual([]);
    const intrude = "insert into bus.offsets (grp, part) values ('theirs.other', 0)";
    await expect(test.source.query(intrude)).rejects.toMatchObject({ driverError: { code: '42501' } });
  });
});
