import { scenario, type Scenario, type Someone } from './scenario.ts';

describe('what a calendar is for', () => {
  let s: Scenario;
  let olena: Someone;
  beforeAll(async () => {
    s = await scenario();
    olena = await s.person('Olena');
    s.google.addPerson(olena.email, 'UTC', [
      { id: 'team', summary: 'Team', accessRole: 'reader' },
      { id: 'work', summary: 'Work', accessRole: 'writer' },
    ]);
    await s.connect(olena);
  });
  afterAll(() => s.end());

  const choose = (id: string, body: object) =>
    s.ask(`/calendar/calendars/${encodeURIComponent(id)}`, { as: olena, method: 'PUT', body });
  const writes = async () =>
    (await s.ask('/calendar/calendars', { as: olena })).body.items
      .filter(({ write }: { write: boolean }) => write)
      .map(({ calendar_id }: { calendar_id: string }) => calendar_id);

  it('is chosen for one of theirs, and lessons go into one at most', async () => {
    expect(await writes()).toEqual([olena.email]);
    expect((await choose('work', { write: true })).body).toMatchObject({
      calendar_id: 'work',
      write: true,
      busy: false,
    });
    expect(await writes()).toEqual(['work']);
    await choose('work', { write: false });
    expect(await writes()).toEqual([]);
    await choose(olena.email, { write: true });
    expect(await writes()).toEqual([olena.email]);
  });

  it('is never lessons where its person may not write', async () => {
    const answer = await choose('team', { write: true });
    expect([answer.status, answer.body.code]).toEqual([409, 'calendar_not_writable']);
    expect((await choose('team', { busy: true })).status).toBe(200);
  });

  it('is nobody’s to say of a calendar that is not theirs', async () => {
    const answer = await choose('nobody@example.org', { busy: true });
    expect([answer.status, answer.body.code]).toEqual([404, 'calendar_not_found']);
  });

  it.each([
    ['a word', { busy: 'yes' }],
    ['a number', { write: 1 }],
    ['what nobody knows', { colour: 'red' }],
  ])('is not %s', async (_, body) => {
    expect((await choose(olena.email, body)).status).toBe(400);
  });
});
