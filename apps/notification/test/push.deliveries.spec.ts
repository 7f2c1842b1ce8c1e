import { newId, type PersonId } from '@scheduling/domain';
import { lesson } from './booking-says.ts';
import { type PushScenario, pushScenario, vapidKeys } from './push.scenario.ts';
import type { LedgerRow } from './scenario.ts';

const FCM_MESSAGES = '/v1/projects/*/*';
const BROWSERS = '/push/*';

/** What these tests look at besides. */
interface PushRow {
  readonly channel: string;
  readonly id: string;
  readonly next_attempt_at: Date;
}

describe('a push message', () => {
  let s: PushScenario;
  beforeAll(async () => {
    s = await pushScenario();
  });
  afterAll(() => s.end());
  beforeEach(() => {
    s.fcm.setFaults({});
    s.web.setFaults({});
  });

  /** A lesson whose student is known, and their row in the ledger. */
  async function booked() {
    const event = lesson({ student_id: newId<PersonId>() });
    await s.meetBoth(event);
    const rows = async () =>
      ((await s.ledger(event)) as (LedgerRow & PushRow)[]).filter(({ channel }) => channel === 'push');
    return {
      student: event.student_id,
      tell: () => s.confirm(event),
      rows,
      row: async () => (await rows()).find(({ recipient_id }) => recipient_id === event.student_id)!,
    };
  }

  it('reaches every device of its reader until the lesson begins', async () => {
    const story = await booked();
    const devices = [
      await s.browser(story.student),
      await s.telephone(story.student),
      await s.telephone(story.student, 'ios'),
    ];
    await story.tell();
    await s.work(s.pusher());
    const { id, ...row } = await story.row();
    expect(row).toMatchObject({ state: 'sent', provider_response: '3 of 3 devices', attempts: 1 });
    for (const device of devices)
      expect(s.shownOn(device)).toEqual([
        expect.objectContaining({
          title: expect.stringMatching(/\w+/),
          body: expect.stringContaining('12:00'),
          kind: 'booking_confirmed',
          tag: id,
          isUrgent: true,
          seconds: 3 * 3600,
        }),
      ]);
  });

  it('is not sent to whoever has no device', async () => {
    const story = await booked();
    await story.tell();
    await s.work(s.pusher());
    expect(await story.rows()).toMatchObject([
      { state: 'skipped', last_error: 'no device' },
      { state: 'skipped', last_error: 'no device' },
    ]);
  });

  it('goes again to those devices alone that have not had it', async () => {
    const story = await booked();
    const [browser, telephone] = [await s.browser(story.student), await s.telephone(story.student)];
    await story.tell();
    s.fcm.setFaults({
      requests: [{ kind: 'status', status: 503, reason: 'UNAVAILABLE', path: FCM_MESSAGES, times: 1 }],
    });
    await s.work(s.pusher());
    expect(await story.row()).toMatchObject({
      state: 'planned',
      last_error: '1 of 2 devices could not be reached: UNAVAILABLE',
    });
    expect([s.shownOn(browser), s.shownOn(telephone)]).toMatchObject([[{}], []]);
    s.clock.advance(1);
    await s.work(s.pusher());
    expect(await story.row()).toMatchObject({ state: 'sent', provider_response: '2 of 2 devices', attempts: 2 });
    expect([s.shownOn(browser), s.shownOn(telephone)]).toMatchObject([[{}], [{}]]);
  });

  it('takes its own place where nobody heard that it had arrived', async () => {
    const story = await booked();
    const devices = [await s.browser(story.student), await s.telephone(story.student)];
    await story.tell();
    s.fcm.setFaults({ requests: [{ kind: 'drop_reply', path: FCM_MESSAGES, times: 1 }] });
    s.web.setFaults({ requests: [{ kind: 'drop_reply', times: 1 }] });
    await s.work(s.pusher());
    s.clock.advance(1);
    await s.work(s.pusher());
    const { id, state } = await story.row();
    expect(state).toBe('sent');
    for (const device of devices) expect(s.shownOn(device).map(({ tag }) => tag)).toEqual([id, id]);
  });

  it.each([
    ['a browser that has unsubscribed', 'web', true],
    ['a telephone without the app', 'android', true],
    ['a token that is none', 'ios', false],
  ] as const)('makes us forget %s', async (_what, platform, isKnown) => {
    const story = await booked();
    const device = await (platform === 'web' ? s.browser(story.student) : s.telephone(story.student, platform));
    if (platform === 'web') s.web.unsubscribe(device.address);
    else if (isKnown) s.fcm.uninstall(device.address);
    else await s.register(story.student, { platform, address: 'none', keys: null });
    if (!isKnown) await s.devices.remove(story.student, device.id);
    await story.tell();
    await s.work(s.pusher());
    expect(await s.devices.list(story.student)).toEqual([]);
    expect(await story.row()).toMatchObject({ state: 'failed', last_error: 'no device' });
  });

  it('is sent where one device is gone and another took it', async () => {
    const story = await booked();
    const [browser, telephone] = [await s.browser(story.student), await s.telephone(story.student)];
    s.fcm.uninstall(telephone.address);
    await story.tell();
    await s.work(s.pusher());
    expect(await s.devices.list(story.student)).toMatchObject([{ id: browser.id }]);
    expect(await story.row()).toMatchObject({ state: 'sent' });
  });

  it('asks for a new token where the old one is refused, once', async () => {
    const story = await booked();
    const telephone = await s.telephone(story.student);
    await story.tell();
    const pusher = s.pusher();
    const [taken] = await pusher.take(20);
    // Another one of the same replica has had a token already.
    const warm = await booked();
    await s.telephone(warm.student);
    await warm.tell();
    await s.work(pusher);
    s.fcm.expireTokens();
    await pusher.deliver(taken!);
    expect(await story.row()).toMatchObject({ state: 'sent', attempts: 1 });
    expect(s.shownOn(telephone)).toHaveLength(1);

    s.fcm.setFaults({ requests: [{ kind: 'status', status: 401, reason: 'UNAUTHENTICATED', path: FCM_MESSAGES }] });
    const before = s.fcm.requests().length;
    const third = await booked();
    await s.telephone(third.student);
    await third.tell();
    await s.work(pusher);
    expect(await third.row()).toMatchObject({ state: 'planned', attempts: 1 });
    const asked = s.fcm.requests().slice(before);
    expect(asked.map(({ path }) => path.split('/').at(-1))).toEqual(['messages:send', 'token', 'messages:send']);
  });

  it('is tried again by the ledger alone where FCM gives no token', async () => {
    const story = await booked();
    await s.telephone(story.student);
    await story.tell();
    s.fcm.setFaults({ requests: [{ kind: 'status', status: 500, path: '/token' }] });
    const before = s.fcm.requests().length;
    await s.work(s.pusher());
    expect((await story.row()).last_error).toBe('1 of 1 devices could not be reached: token_500');
    expect(s.fcm.requests()).toHaveLength(before + 1);
  });

  it.each([
    ['FCM', 'android'],
    ['a browser’s push service', 'web'],
  ] as const)('waits as long as %s wants', async (_who, platform) => {
    const story = await booked();
    await (platform === 'web' ? s.browser(story.student) : s.telephone(story.student));
    await story.tell();
    const refusal = { kind: 'status', status: 429, retry_after_s: 120 } as const;
    s.fcm.setFaults({ requests: [{ ...refusal, path: FCM_MESSAGES }] });
    s.web.setFaults({ requests: [{ ...refusal, path: BROWSERS }] });
    await s.work(s.pusher());
    const { state, next_attempt_at: next } = await story.row();
    expect([state, next]).toEqual(['planned', new Date(s.clock.now().getTime() + 120_000)]);
  });

  it.each([
    ['hangs', { kind: 'hang' }, 'timeout'],
    ['cuts us off', { kind: 'reset' }, 'ECONNRESET'],
    ['is broken', { kind: 'status', status: 500 }, '500'],
  ] as const)('is tried again where a push service %s', async (_what, fault, code) => {
    const story = await booked();
    await s.browser(story.student);
    await story.tell();
    s.web.setFaults({ requests: [fault] });
    // Only what never answers is given up soon.
    await s.work(s.pusher(fault.kind === 'hang' ? 300 : undefined));
    expect(await story.row()).toMatchObject({
      state: 'planned',
      last_error: `1 of 1 devices could not be reached: ${code}`,
    });
  });

  it('fails for a browser that subscribed to somebody else, and leaves it be', async () => {
    const story = await booked();
    const { endpoint, keys } = s.web.subscribe(vapidKeys().publicKey);
    await s.register(story.student, { platform: 'web', address: endpoint, keys });
    await story.tell();
    await s.work(s.pusher());
    expect(await story.row()).toMatchObject({ state: 'failed', last_error: 'no device would take it: 403' });
    expect(await s.devices.list(story.student)).toHaveLength(1);
  });

  it('goes nowhere inside, whatever a name means by now', async () => {
    const story = await booked();
    const { endpoint, keys } = s.web.subscribe();
    const address = endpoint.replace('http://127.0.0.1', 'https://localhost');
    await s.register(story.student, { platform: 'web', address, keys });
    await story.tell();
    const before = s.web.requests().length;
    await s.work(s.pusher());
    expect(await story.row()).toMatchObject({
      state: 'failed',
      last_error: 'no device would take it: address_not_allowed',
    });
    expect(s.web.requests()).toHaveLength(before);
  });
});
