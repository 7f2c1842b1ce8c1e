import { until } from '@scheduling/testing';
import { type SmsScenario, smsScenario, TEXTS } from './sms.scenario.ts';

const UNHEARD = { callbacks: { lose: 1 } } as const;

describe('what Twilio tells of a text', () => {
  let s: SmsScenario;
  beforeAll(async () => {
    s = await smsScenario();
  });
  afterAll(() => s.end());
  beforeEach(() => s.double.setFaults({}));

  /** A text that was sent, of which nothing was told yet. */
  async function sent() {
    s.double.setFaults(UNHEARD);
    const story = await s.canceled();
    await s.work(s.texter());
    const { sid } = story.texts()[0]!;
    return { ...story, tell: s.double.tell.bind(s.double, sid), sid };
  }

  it('never takes back that it is there, however late the rest comes', async () => {
    const { row, tell } = await sent();
    expect((await row()).state).toBe('sent');
    for (const status of ['delivered', 'queued', 'sent', 'delivered'] as const) expect(await tell(status)).toBe(204);
    expect(await tell('undelivered', 30_003)).toBe(204);
    expect(await row()).toMatchObject({ state: 'delivered', delivered_at: s.clock.now(), last_error: null });
  });

  it('never takes back that it failed, and the ledger says why', async () => {
    const { row, tell } = await sent();
    await tell('undelivered', 30_003);
    await tell('sent');
    await tell('delivered');
    expect(await row()).toMatchObject({ state: 'failed', delivered_at: null, last_error: 'Twilio 30003' });
  });

  it('is stated once, however much comes at once', async () => {
    const { row, tell } = await sent();
    const { id } = await row();
    const waiting = "select from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()";
    let told: Promise<number>[] = [];
    await s.db.transaction(async (tx) => {
      await tx.sql`select from messages where id = ${id} for update`;
      told = Array.from({ length: 3 }, (_, n) => (n % 2 ? tell('delivered') : tell('undelivered', 30_003)));
      await until('all wait for the message', async () => (await s.source.query(waiting)).length === told.length);
    });
    await Promise.all(told);
    const stated = await s.source.query(
      "select envelope -> 'data' ->> 'state' as state from outbox where envelope -> 'data' ->> 'notification_id' = $1",
      [id],
    );
    expect(stated).toHaveLength(1);
  });

  it.each([
    ['delivered', 'delivered', null],
    ['undelivered', 'failed', 'Twilio 30003'],
  ] as const)('is not lost where it comes before Twilio’s own answer: %s', async (fate, state, last_error) => {
    s.double.setFaults({ fate });
    const { row } = await s.canceled();
    const isFirst = s.double.onRequest(async ({ path, phase }) => {
      if (path === TEXTS && phase === 'after') await s.double.callbacksSettled();
    });
    await s.work(s.texter());
    isFirst();
    expect(await row()).toMatchObject({ state, last_error, provider_id: expect.stringMatching(/^SM/) });
    expect(await s.source.query('select * from sms_statuses')).toEqual([]);
  });

  it('stops all texts where a phone has sent STOP meanwhile', async () => {
    const { phone, tell } = await sent();
    await tell('failed', 21_610);
    const next = await s.canceled({ phone });
    await s.work(s.texter());
    expect(await next.row()).toMatchObject({ state: 'skipped', last_error: 'the number has sent STOP' });
  });

  it('changes nothing where nobody knows the message', async () => {
    const { row, sid, tell } = await sent();
    const { id } = await row();
    await s.source.query("update messages set channel = 'push' where id = $1", [id]);
    expect(await tell('delivered')).toBe(204);
    expect(await row()).toBeUndefined();
    expect(await s.source.query('select state, provider_id from messages where id = $1', [id])).toEqual([
      { state: 'sent', provider_id: sid },
    ]);
  });
});
