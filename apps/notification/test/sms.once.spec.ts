import { until } from '@scheduling/testing';
import { markHanding } from '../src/messages/queue.store.ts';
import { type SmsScenario, smsScenario, TEXTS } from './sms.scenario.ts';

const POST = { method: 'POST', path: TEXTS } as const;
const NINE = Date.parse('2030-03-01T09:00:00Z');
const UNHEARD = { callbacks: { lose: 1 } } as const;

describe('a text', () => {
  let s: SmsScenario;
  beforeAll(async () => {
    s = await smsScenario();
  });
  afterAll(() => s.end());
  beforeEach(() => {
    s.double.setFaults({});
    // Some of these stories take weeks.
    s.clock.advance((NINE - s.clock.now().getTime()) / 60_000);
  });

  /** Lets a worker try what there is to try, each minute for so many minutes. */
  async function workFor(minutes: number, worker = s.texter()): Promise<void> {
    for (let minute = 0; minute < minutes; minute++) {
      await s.work(worker);
      s.clock.advance(1);
    }
  }

  it('is taken once, and delivered', async () => {
    const { row, texts } = await s.canceled();
    await s.work(s.texter());
    await s.double.callbacksSettled();
    const [text, ...more] = texts();
    expect(more).toEqual([]);
    expect(text!.body).toMatch(/^Canceled: .+12:00.+ \([0-9A-F]{6}\)$/);
    expect(await row()).toMatchObject({ state: 'delivered', attempts: 1, provider_id: text!.sid, handing_at: null });
  });

  it('waits as long as Twilio says when there are too many', async () => {
    s.double.setFaults({ requests: [{ ...POST, kind: 'status', status: 429, retry_after_s: 90, times: 1 }] });
    const { row, texts } = await s.canceled();
    await workFor(1);
    expect(await row()).toMatchObject({
      state: 'planned',
      last_error: 'Twilio answered 429 (20429)',
      handing_at: null,
    });
    await workFor(1);
    expect(texts()).toEqual([]);
    await workFor(1);
    expect(texts()).toHaveLength(1);
  });

  it.each([
    ['was lost with the connection', 'reset', 0],
    ['Twilio took and never confirmed', 'drop_reply', 1],
    ['met an error of Twilio’s own', 'status', 0],
  ] as const)('that %s is looked up, and never comes twice', async (_what, kind, taken) => {
    const fault = { ...POST, kind, times: 1, ...(kind === 'status' && { status: 500 }) };
    s.double.setFaults({ ...UNHEARD, requests: [fault] });
    const { row, texts } = await s.canceled();
    await workFor(1);
    expect(texts()).toHaveLength(taken);
    expect(await row()).toMatchObject({ state: 'planned', handing_at: expect.any(Date) });
    await workFor(3);
    const [text, ...more] = texts();
    expect(more).toEqual([]);
    expect(await row()).toMatchObject({ provider_id: text!.sid, handing_at: null });
  });

  it('that Twilio takes after we have given up waiting never comes twice', async () => {
    s.double.setFaults({ ...UNHEARD, latency_ms: 300 });
    const { row, texts } = await s.canceled();
    await workFor(1, s.texter(100));
    expect(await row()).toMatchObject({ state: 'planned', last_error: 'no answer from Twilio (ECONNABORTED)' });
    await until('Twilio has taken it', () => texts().length === 1);
    s.double.setFaults(UNHEARD);
    await workFor(3);
    expect(texts()).toHaveLength(1);
    expect((await row()).provider_id).toBe(texts()[0]!.sid);
  });

  it('is sent again only when Twilio has had the time to list it', async () => {
    s.double.setFaults({ ...UNHEARD, requests: [{ ...POST, kind: 'reset', times: 1 }] });
    const { row, texts } = await s.canceled();
    const worker = s.texter();
    await s.work(worker);
    await s.source.query("update messages set next_attempt_at = '2030-03-01T09:00:00Z' where id = $1", [
      (await row()).id,
    ]);
    await s.work(worker);
    expect(await row()).toMatchObject({ last_error: 'Twilio does not list the text yet' });
    expect(texts()).toEqual([]);
    await workFor(3);
    expect(texts()).toHaveLength(1);
  });

  it('is learned of from Twilio’s callback where the answer is lost', async () => {
    s.double.setFaults({ requests: [{ ...POST, kind: 'drop_reply', times: 1 }] });
    const { row, texts } = await s.canceled();
    const before = s.double.requests().length;
    await s.work(s.texter());
    await s.double.callbacksSettled();
    await s.double.tell(texts()[0]!.sid, 'delivered');
    await workFor(3);
    expect(await row()).toMatchObject({ state: 'delivered', provider_id: texts()[0]!.sid });
    expect(s.double.requests().slice(before)).toEqual([POST]);
  });

  it('is learned of where Twilio’s callback outruns the answer that is lost, and nothing can be looked up', async () => {
    s.double.setFaults({
      requests: [
        { ...POST, kind: 'drop_reply', times: 1 },
        { method: 'GET', kind: 'status', status: 503 },
      ],
    });
    const stop = s.double.onRequest(
      async ({ phase }) => void (phase === 'after' && (await s.double.callbacksSettled())),
    );
    const { row, texts } = await s.canceled();
    await workFor(1);
    stop();
    expect(await row()).toMatchObject({ state: 'planned' });
    await workFor(2);
    expect(await row()).toMatchObject({ state: 'delivered', provider_id: texts()[0]!.sid, attempts: 2 });
    expect(texts()).toHaveLength(1);
  });

  it('is not taken for another that the same phone has got', async () => {
    s.double.setFaults(UNHEARD);
    const first = await s.canceled();
    await workFor(1);
    s.double.setFaults({ ...UNHEARD, requests: [{ ...POST, kind: 'reset', times: 1 }] });
    const second = await s.canceled({ phone: first.phone });
    await workFor(3);
    expect(first.texts()).toHaveLength(2);
    expect((await second.row()).provider_id).toBe(first.texts()[1]!.sid);
  });

  it('whose worker died between Twilio’s answer and the ledger is found by the next', async () => {
    s.double.setFaults(UNHEARD);
    const { row, texts } = await s.canceled();
    const [delivery] = await s.texter().take(1);
    await s.db.transaction((tx) => markHanding(tx, delivery!.message));
    await s.way().hand(delivery!);
    s.clock.advance(1);
    await workFor(2);
    expect(texts()).toHaveLength(1);
    expect(await row()).toMatchObject({ provider_id: texts()[0]!.sid, attempts: 2 });
  });

  it('that cannot be looked up is left to an operator, and not sent again', async () => {
    s.double.setFaults({
      ...UNHEARD,
      requests: [
        { ...POST, kind: 'drop_reply' },
        { method: 'GET', kind: 'status', status: 503 },
      ],
    });
    const start_at = '2030-03-30T12:00:00.000Z';
    const { row, texts } = await s.canceled({}, { start_at, end_at: '2030-03-30T13:00:00.000Z' });
    const worker = s.texter();
    for (let day = 0; day < 11; day++) {
      await s.work(worker);
      s.clock.advance(24 * 60);
    }
    expect(texts()).toHaveLength(1);
    const last_error = '10 attempts, the last: not to be looked up: Twilio answered 503 (20500)';
    expect(await row()).toMatchObject({ state: 'unknown', last_error });
  });

  it('waits where Twilio is not there, or the token is wrong', async () => {
    const { row, texts } = await s.canceled();
    await workFor(1, s.texter(1000, 'http://127.0.0.1:9'));
    expect(await row()).toMatchObject({
      state: 'planned',
      last_error: 'no answer from Twilio (ECONNREFUSED)',
      handing_at: null,
    });
    s.double.setFaults({ requests: [{ ...POST, kind: 'status', status: 401, times: 1 }] });
    await workFor(1);
    expect(await row()).toMatchObject({ state: 'planned', handing_at: null });
    await workFor(1);
    expect(texts()).toHaveLength(1);
  });

  it('comes once to each of many, whatever goes wrong and however many work on them', async () => {
    const share = 0.15;
    s.double.setFaults({
      seed: 7,
      callbacks: { lose: 0.5, reorder: 0.3, duplicate: 0.3 },
      requests: [
        { kind: 'drop_reply', share },
        { kind: 'reset', share },
        { kind: 'status', status: 500, share },
        { kind: 'status', status: 429, share },
      ],
    });
    const inApril = { start_at: '2030-04-01T12:00:00.000Z', end_at: '2030-04-01T13:00:00.000Z' };
    const all = await Promise.all(Array.from({ length: 20 }, () => s.canceled({}, inApril)));
    const workers = [s.texter(), s.texter()];
    for (let round = 0; round < 7; round++) {
      await Promise.all(workers.map((worker) => s.work(worker)));
      s.clock.advance(180);
    }
    s.double.setFaults({});
    await s.work(s.texter());
    await s.double.callbacksSettled();
    expect(all.map(({ texts }) => texts().length)).toEqual(all.map(() => 1));
    for (const { row, texts } of all)
      expect(await row()).toMatchObject({
        state: expect.stringMatching(/sent|delivered/),
        provider_id: texts()[0]!.sid,
      });
  });

  it('is not handed over by a worker that was away while another took it', async () => {
    s.double.setFaults(UNHEARD);
    const { row, texts } = await s.canceled();
    const [late, heir] = [s.texter(), s.texter()];
    const [taken] = await late.take(1);
    s.clock.advance(1);
    await s.work(heir);
    await late.deliver(taken!);
    expect(texts()).toHaveLength(1);
    expect(await row()).toMatchObject({ state: 'sent', provider_id: texts()[0]!.sid, handing_at: null });
  });
});
