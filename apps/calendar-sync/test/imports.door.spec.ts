import type { PersonId } from '@scheduling/domain';
import { rush } from '@scheduling/testing';
import { type Scenario, scenario } from './files.scenario.ts';

describe('an import', () => {
  let s: Scenario;
  let tutor: PersonId;
  beforeAll(async () => {
    s = await scenario();
  });
  afterAll(() => s.end());
  beforeEach(() => {
    tutor = s.person();
  });

  const add = (who: PersonId, url: string, more: object = {}) =>
    s.said(s.ask('/imports', who, { method: 'POST', body: { url, ...more } }));
  const list = async (who: PersonId) => (await s.said(s.ask('/imports', who)))['items'] as Record<string, unknown>[];

  it.each([
    ['http://calendar.example.org/a.ics'],
    ['https://127.0.0.1/a.ics'],
    ['https://2130706433/a.ics'],
    ['https://[::ffff:169.254.169.254]/latest'],
    ['https://ann:secret@calendar.example.org/a.ics'],
    ['webcal://10.0.0.1/a.ics'],
    ['file:///etc/passwd'],
    ['not an address'],
  ])('cannot be of %s', async (url) => {
    const answer = await add(tutor, url);
    expect(answer).toMatchObject({ status: 422, code: 'calendar_address_not_allowed' });
    expect(JSON.stringify(answer)).not.toContain(url);
  });

  it('is one of five at most, however many are asked for at once', async () => {
    const { won, refusals } = await rush(12, async (i) => {
      const answer = await add(tutor, `https://calendar.invalid/${i}.ics`);
      if (answer.status !== 201) throw Object.assign(new Error('refused'), answer);
    });
    expect(won).toHaveLength(5);
    for (const refusal of refusals) expect(refusal).toMatchObject({ status: 409, code: 'too_many_imports', limit: 5 });
    expect(await list(tutor)).toHaveLength(5);
  });

  it('is added once under its key', async () => {
    const ask = () =>
      s.said(
        s.ask('/imports', tutor, {
          method: 'POST',
          body: { url: 'https://calendar.invalid/a.ics' },
          headers: { 'idempotency-key': 'k1' },
        }),
      );
    const [first, second] = [await ask(), await ask()];
    expect(second['import_id']).toBe(first['import_id']);
    expect(await list(tutor)).toHaveLength(1);
  });

  it('takes what calendars offer to subscribe to, and goes by its host without a name', async () => {
    const added = await add(tutor, 'webcal://p01-caldav.example.invalid/published/2/hush');
    expect(added).toMatchObject({ status: 201, name: 'p01-caldav.example.invalid' });
  });

  it('never shows its address, and keeps it encrypted', async () => {
    const added = await add(tutor, 'https://calendar.invalid/secret-path.ics?token=hush-hush');
    expect(JSON.stringify([added, await list(tutor)])).not.toMatch(/hush|secret-/);
    const kept = await s.source.query('select to_jsonb(i) as row from calendar_imports i where id = $1', [
      added['import_id'],
    ]);
    expect(JSON.stringify(kept)).not.toMatch(/hush|secret-/);
    expect(kept[0].row.address).toMatch(/^test\./);
    const answers = await s.source.query('select answer::text from idempotency');
    expect(JSON.stringify(answers)).not.toMatch(/hush|secret-/);
  });

  it('needs somebody to own it', async () => {
    expect((await s.ask('/imports')).status).toBe(401);
    expect((await s.ask('/imports', undefined, { method: 'POST', body: { url: 'https://a.example' } })).status).toBe(
      401,
    );
  });
});
