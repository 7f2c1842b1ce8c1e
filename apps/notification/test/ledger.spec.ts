import { newId, type PersonId } from '@scheduling/domain';
import { type Scenario, scenario } from './preferences.scenario.ts';

describe('the ledger, for an operator,', () => {
  let s: Scenario;
  let who: PersonId;
  beforeAll(async () => {
    s = await scenario();
  });
  afterAll(() => s.end());
  beforeEach(() => {
    who = s.person();
  });

  const admin = newId<PersonId>();
  const list = (query: string) => s.said(s.ask(`/ledger?${query}`, admin, { roles: ['admin'] }));
  const resend = (id: string, headers = {}) =>
    s.said(s.ask(`/ledger/${id}/resend`, admin, { method: 'POST', roles: ['admin'], headers }));
  const idsOf = ({ items }: Record<string, { message_id: string }[]>) => items!.map(({ message_id: id }) => id);

  it('shows what became of a message, and not what it says', async () => {
    const booking_id = newId();
    const id = await s.write({ recipient_id: who, booking_id, state: 'dead' });
    const { items } = await list(`booking_id=${booking_id}`);
    expect(items).toEqual([
      {
        message_id: id,
        name: `<${id}@test>`,
        booking_id,
        booking_version: 1,
        recipient_id: who,
        channel: 'email',
        kind: 'booking_confirmed',
        state: 'dead',
        attempts: 0,
        next_attempt_at: expect.any(String),
        provider_id: null,
        provider_response: null,
        last_error: null,
        created_at: expect.any(String),
        sent_at: null,
        delivered_at: null,
      },
    ]);
  });

  it('is looked through by booking, reader, state and channel, page by page', async () => {
    const at = (minute: number) => new Date(Date.UTC(2030, 0, 1, 9, minute));
    const text = await s.write({ recipient_id: who, channel: 'sms', state: 'unknown', at: at(3) });
    const twins = await Promise.all(
      [newId(), newId()].map((id) => s.write({ id, recipient_id: who, state: 'sent', at: at(2) })),
    );
    const oldest = await s.write({ recipient_id: who, state: 'dead', at: at(1) });
    const all = [text, ...twins.toSorted().toReversed(), oldest];
    expect(idsOf(await list(`recipient_id=${who}`))).toEqual(all);
    expect(idsOf(await list(`recipient_id=${who}&state=unknown`))).toEqual([text]);
    expect(idsOf(await list(`recipient_id=${who}&channel=email&state=dead`))).toEqual([oldest]);
    const seen: string[] = [];
    for (let cursor: string | null = ''; cursor !== null;) {
      const page = await list(`recipient_id=${who}&limit=1${cursor && `&cursor=${cursor}`}`);
      seen.push(...idsOf(page));
      cursor = page['next_cursor'];
    }
    expect(seen).toEqual(all);
  });

  it('calls what a worker has in hand sending', async () => {
    const id = await s.write({ recipient_id: who });
    await s.source.query("update messages set state = 'working', lease_until = now() + interval '1 h' where id = $1", [
      id,
    ]);
    expect((await list(`recipient_id=${who}&state=sending`))['items']).toMatchObject([
      { message_id: id, state: 'sending' },
    ]);
    expect(await resend(id)).toMatchObject({ status: 409, code: 'message_not_to_be_resent', state: 'sending' });
  });

  it.each(['failed', 'dead', 'unknown', 'skipped'])('has what was %s sent again, by its old name', async (state) => {
    const id = await s.write({ recipient_id: who, channel: 'in_app', state });
    await s.source.query("update messages set attempts = 10, last_error = 'no', handing_at = now() where id = $1", [
      id,
    ]);
    expect(await resend(id)).toMatchObject({
      status: 200,
      message_id: id,
      name: `<${id}@test>`,
      state: 'planned',
      attempts: 0,
    });
    const [row] = await s.source.query('select handing_at from messages where id = $1', [id]);
    expect(row).toEqual({ handing_at: null });
  });

  it.each(['planned', 'sent', 'delivered', 'revoked'])('has nothing sent again that is %s', async (state) => {
    // Far ahead, so that no worker takes it.
    const id = await s.write({ recipient_id: who, channel: 'in_app', state, at: new Date('2090-01-01') });
    expect(await resend(id)).toMatchObject({ status: 409, code: 'message_not_to_be_resent', state });
  });

  it('has it sent again once, by whichever of several operators', async () => {
    const id = await s.write({ recipient_id: who, channel: 'in_app', state: 'dead' });
    const answers = await Promise.all(Array.from({ length: 8 }, () => resend(id)));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(answers.filter(({ status }) => status === 409)).toHaveLength(7);
  });

  it('has it sent again once for an Idempotency-Key, and says so again', async () => {
    const id = await s.write({ recipient_id: who, channel: 'in_app', state: 'dead' });
    const first = await resend(id, { 'idempotency-key': id });
    expect(first.status).toBe(200);
    expect(await resend(id, { 'idempotency-key': id })).toEqual(first);
  });

  it('knows what there is', async () => {
    expect(await resend(newId())).toMatchObject({ status: 404, code: 'message_not_found' });
    expect(await resend('nonsense')).toMatchObject({ status: 400 });
    for (const query of ['booking_id=x', 'state=working', 'channel=pigeon', 'limit=0', 'cursor=x', 'all=1'])
      expect(await list(query)).toMatchObject({ status: 400, code: 'malformed_request' });
  });

  it('is nobody else’s', async () => {
    const id = await s.write({ recipient_id: who, state: 'dead' });
    for (const roles of [[], ['student'], ['tutor'], ['service']] as const) {
      expect((await s.ask('/ledger', who, { roles: [...roles] })).status).toBe(403);
      expect((await s.ask(`/ledger/${id}/resend`, who, { method: 'POST', roles: [...roles] })).status).toBe(403);
    }
    expect((await s.ask('/ledger')).status).toBe(401);
  });
});
