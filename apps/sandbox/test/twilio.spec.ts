import twilio from 'twilio';
import { NUMBER, PHONE, type Scenario, scenario, SID } from './twilio.scenario.ts';

describe('the double of Twilio', () => {
  let s: Scenario;
  beforeEach(async () => {
    s = await scenario();
  });
  afterEach(() => s.end());

  it('takes a text from its own client, and shows it', async () => {
    const made = await s.text({ validityPeriod: 60 });
    expect(made).toMatchObject({ to: PHONE, from: NUMBER, body: 'Hello', status: 'queued', direction: 'outbound-api' });
    expect(made.sid).toMatch(/^SM[0-9a-f]{32}$/);
    expect(await s.client.messages(made.sid).fetch()).toMatchObject({ sid: made.sid, status: 'delivered' });
    expect(s.double.wishOf(made.sid)).toEqual({ validityPeriod: 60 });
  });

  it('lets nobody in with another token', async () => {
    const stranger = twilio(SID, 'guessed');
    stranger.api.baseUrl = s.double.url;
    expect(await s.refusal(stranger.messages.list())).toEqual({ status: 401, code: 20003 });
    expect(s.double.texts()).toEqual([]);
  });

  it.each([
    ['a phone that is none', { to: '+12' }, 21211],
    ['a phone that takes no texts', { to: '+15005550009' }, 21614],
    ['a text without words', { body: '' }, 21602],
    ['a text too long', { body: 'x'.repeat(1601) }, 21617],
    ['a validity that is none', { validityPeriod: 36_001 }, 21624],
  ])('refuses %s', async (_what, more, code) => {
    expect(await s.refusal(s.text(more))).toEqual({ status: 400, code });
  });

  it('makes two texts when it is asked twice, and lists them page by page, the newest first', async () => {
    await s.text({ body: 'one' });
    await s.text({ body: 'two' });
    await s.text({ to: '+447400123456' });
    await s.text({ body: 'three' });
    const first = await s.client.messages.page({ to: PHONE, pageSize: 2 });
    expect(first.instances.map(({ body }) => body)).toEqual(['three', 'two']);
    const last = await first.nextPage();
    expect(last?.instances.map(({ body }) => body)).toEqual(['one']);
    expect(last?.nextPageUrl).toBeUndefined();
    expect(await s.client.messages.list({ dateSent: new Date('2026-11-22T00:00:00Z') })).toEqual([]);
    expect(await s.client.messages.list({ dateSent: s.clock.now() })).toHaveLength(4);
  });

  it('tells how a text gets on, signed and in order', async () => {
    const { sid } = await s.text({ statusCallback: `${s.listening}/status?message=1` });
    await s.double.callbacksSettled();
    expect(s.told.map(({ params }) => params['MessageStatus'])).toEqual(['queued', 'sent', 'delivered']);
    expect(s.told).toMatchObject(
      Array.from({ length: 3 }, () => ({ isSigned: true, params: { MessageSid: sid, To: PHONE, AccountSid: SID } })),
    );
    expect(await s.double.tell(sid, 'undelivered', 30_005)).toBe(204);
    expect(s.told.at(-1)).toMatchObject({ isSigned: true, params: { ErrorCode: '30005' } });
  });

  it('tells out of order, twice or not at all when told to', async () => {
    const statusCallback = `${s.listening}/status`;
    const words = () => s.told.map(({ params }) => params['MessageStatus']);
    s.double.setFaults({ callbacks: { lose: 1 } });
    await s.text({ statusCallback });
    await s.double.callbacksSettled();
    expect(words()).toEqual([]);
    // The first of three draws alone is late.
    s.double.setFaults({ seed: 18, fate: 'undelivered', callbacks: { reorder: 0.5 } });
    await s.text({ statusCallback });
    await s.double.callbacksSettled();
    expect(words()).toEqual(['sent', 'undelivered', 'queued']);
    s.double.setFaults({ callbacks: { duplicate: 1 } });
    await s.text({ statusCallback });
    await s.double.callbacksSettled();
    expect(words().slice(3)).toEqual(['queued', 'queued', 'sent', 'sent', 'delivered', 'delivered']);
  });

  it('sends nothing to a phone that has sent STOP, until it sends START', async () => {
    s.double.tellInboundTo(`${s.listening}/inbound`);
    expect(await s.double.reply({ from: PHONE, to: NUMBER, body: ' Stop ' })).toBe(204);
    expect(s.told).toMatchObject([{ isSigned: true, params: { From: PHONE, To: NUMBER, Body: ' Stop ' } }]);
    expect(await s.refusal(s.text())).toEqual({ status: 400, code: 21610 });
    await s.double.reply({ from: PHONE, to: NUMBER, body: 'start' });
    await s.text();
    expect(s.double.textsTo(PHONE)).toHaveLength(1);
  });

  it('fails as told, and forgets no text whose answer it loses', async () => {
    s.double.setFaults({ requests: [{ kind: 'drop_reply', method: 'POST', times: 1 }] });
    expect(await s.refusal(s.text())).toMatchObject({ code: 'ECONNRESET' });
    expect(s.double.textsTo(PHONE)).toHaveLength(1);
    s.double.setFaults({ requests: [{ kind: 'status', status: 429, times: 1 }] });
    expect(await s.refusal(s.text())).toEqual({ status: 429, code: 20429 });
    s.double.setFaults({ requests: [{ kind: 'status', status: 500, times: 1 }] });
    expect(await s.refusal(s.text())).toEqual({ status: 500, code: 20500 });
    expect(s.double.textsTo(PHONE)).toHaveLength(1);
    expect(s.double.requests().map(({ method }) => method)).toEqual(['POST', 'POST', 'POST']);
  });
});
