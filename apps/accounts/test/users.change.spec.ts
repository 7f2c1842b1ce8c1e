import { newId, type PersonId } from '@scheduling/domain';
import { scenario, type Scenario } from './scenario.ts';

const WHOLE = {
  email: 'ann@example.org',
  name: 'Ann',
  roles: ['student'],
  timezone: 'America/New_York',
  locale: 'en-US',
};

describe('a person who changes', () => {
  let s: Scenario;
  let id: PersonId;
  let token: string;
  beforeEach(async () => {
    s = await scenario();
    id = newId<PersonId>();
    token = await s.issuer.token({ id, claims: { name: 'Ann' } });
  });
  afterEach(() => s.close());

  const patch = (body: object) => s.said(s.ask('/me', token, { method: 'PATCH', body }));

  it('keeps what they say of themselves, and everyone is told', async () => {
    await s.ask('/me', token);
    const changes = { name: 'Anna', phone: '+380441234567', timezone: 'Europe/Kyiv', locale: 'uk-UA' };
    expect(await patch(changes)).toMatchObject({ status: 200, ...changes, version: 2 });
    expect(await s.said(s.ask('/me', token))).toMatchObject({ ...changes, version: 2 });
    expect(await s.announced()).toEqual([
      expect.objectContaining({ version: 1, name: 'Ann' }),
      expect.objectContaining({ user_id: id, version: 2, ...changes }),
    ]);
  });

  it('is met first where the change is the first that is heard of them', async () => {
    expect(await patch({ phone: '+14155550100' })).toMatchObject({ status: 200, name: 'Ann', version: 2 });
    expect((await s.announced()).map(({ version }) => version)).toEqual([1, 2]);
  });

  it('can take a phone number back', async () => {
    await patch({ phone: '+14155550100' });
    expect(await patch({ phone: null })).toMatchObject({ phone: null, version: 3 });
    expect((await s.announced()).at(-1)).not.toHaveProperty('phone');
  });

  it('is told to nobody when nothing differs', async () => {
    await s.ask('/me', token);
    expect(await patch({ name: 'Ann' })).toMatchObject({ status: 200, version: 1 });
    expect(await patch({})).toMatchObject({ status: 200, version: 1 });
    expect(await s.announced()).toHaveLength(1);
  });

  it('loses no change to another one at the same time', async () => {
    await s.ask('/me', token);
    const names = Array.from({ length: 10 }, (_, i) => `Ann ${i}`);
    await Promise.all(names.map((name) => patch({ name })));
    expect((await s.announced()).map(({ version }) => version)).toEqual(Array.from({ length: 11 }, (_, i) => i + 1));
  });

  it.each([
    [{ timezone: 'Mars/Base' }, 422, 'unknown_timezone', { field: 'timezone' }],
    [{ phone: '0441234567' }, 400, 'malformed_request', { fields: { phone: expect.anything() } }],
    [{ phone: '+0441234567' }, 400, 'malformed_request', { fields: { phone: expect.anything() } }],
    [{ phone: '+12345678901234567' }, 400, 'malformed_request', { fields: { phone: expect.anything() } }],
    [{ name: '' }, 400, 'malformed_request', { fields: { name: expect.anything() } }],
    [{ name: null }, 400, 'malformed_request', { fields: { name: expect.anything() } }],
    [{ locale: 'en_US!' }, 400, 'malformed_request', { fields: { locale: expect.anything() } }],
    [{ roles: ['admin'] }, 400, 'malformed_request', { fields: { roles: expect.anything() } }],
    [{ email: 'x@example.org' }, 400, 'malformed_request', { fields: { email: expect.anything() } }],
  ])('is refused %j, and nothing changes', async (body, status, code, facts) => {
    await s.ask('/me', token);
    expect(await patch(body)).toMatchObject({ status, code, ...facts });
    expect(await s.announced()).toHaveLength(1);
  });

  describe('by the hand of an admin', () => {
    const put = async (who: string, body: object, roles: ('admin' | 'service' | 'tutor')[] = ['admin']) =>
      s.said(s.ask(`/users/${who}`, await s.issuer.token({ roles }), { method: 'PUT', body }));

    it('is whole after it, new or known, and told when something differs', async () => {
      expect(await put(id, { ...WHOLE, phone: '+14155550100' })).toMatchObject({
        status: 200,
        user_id: id,
        ...WHOLE,
        version: 1,
      });
      expect(await put(id, { ...WHOLE, phone: '+14155550100' }, ['service'])).toMatchObject({ version: 1 });
      expect(await put(id, { ...WHOLE, roles: ['tutor', 'student', 'tutor'] })).toMatchObject({
        roles: ['student', 'tutor'],
        phone: null,
        version: 2,
      });
      expect((await s.announced()).map(({ version }) => version)).toEqual([1, 2]);
      expect(await s.said(s.ask('/me', token))).toMatchObject({ name: 'Ann', version: 2 });
    });

    it('is refused to anyone else', async () => {
      expect(await put(id, WHOLE, ['tutor'])).toMatchObject({ status: 403, code: 'role_missing' });
      expect(await s.said(s.ask(`/users/${id}`, undefined, { method: 'PUT', body: WHOLE }))).toMatchObject({
        status: 401,
      });
      expect(await s.rows()).toEqual([]);
    });

    it('does not get the address of another person, new or known', async () => {
      await put(newId<PersonId>(), WHOLE);
      const taken = { ...WHOLE, email: 'ANN@example.org' };
      expect(await put(id, taken)).toMatchObject({ status: 409, code: 'email_taken', field: 'email' });
      await put(id, { ...WHOLE, email: 'other@example.org' });
      expect(await put(id, taken)).toMatchObject({ status: 409, code: 'email_taken' });
      expect(await s.announced()).toHaveLength(2);
    });

    it.each([
      ['not-a-uuid', WHOLE, 400],
      [newId<PersonId>(), { ...WHOLE, email: undefined }, 400],
      [newId<PersonId>(), { ...WHOLE, roles: ['root'] }, 400],
      [newId<PersonId>(), { ...WHOLE, timezone: '+02:00' }, 422],
    ])('is refused what makes no sense: %s %j', async (who, body, status) => {
      expect(await put(who, body)).toMatchObject({ status });
      expect(await s.rows()).toEqual([]);
    });
  });
});
