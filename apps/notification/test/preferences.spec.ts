import type { PersonId } from '@scheduling/domain';
import { type Scenario, scenario } from './preferences.scenario.ts';

describe('preferences', () => {
  let s: Scenario;
  let who: PersonId;
  beforeAll(async () => {
    s = await scenario();
  });
  afterAll(() => s.end());
  beforeEach(async () => {
    who = s.person();
    await s.meet(who, { phone: '+380441234567' });
  });

  const show = () => s.said(s.ask('/preferences', who));
  const change = (body: object, headers: Record<string, string> = {}) =>
    s.said(s.ask('/preferences', who, { method: 'PUT', body, headers }));

  it('are the same for everybody who has chosen nothing, and show no address', async () => {
    const shown = await show();
    expect(shown).toMatchObject({ status: 200, quiet_hours: null, digest: 'off', version: 0 });
    expect(shown['sms']).toEqual({ is_opted_in: false, phone: '+380…67' });
    expect(shown['kinds']).toMatchObject({
      booking_confirmed: { email: true, in_app: true, push: true },
      daily_agenda: { email: false },
    });
    expect(shown['channels'].email).toEqual({
      is_available: false,
      why_not: 'no mail server is set up',
      address: 's…@example.org',
    });
    expect(shown['always_by_email']).toContain('booking_canceled');
  });

  it('keep what is changed, and leave the rest', async () => {
    await change({ digest: 'daily', kinds: { lesson_tomorrow: { email: false }, daily_agenda: { email: true } } });
    await change({ quiet_hours: { from: '22:00', until: '07:30' }, kinds: { daily_agenda: { email: false } } });
    expect(await show()).toMatchObject({
      digest: 'daily',
      quiet_hours: { from: '22:00', until: '07:30' },
      kinds: { lesson_tomorrow: { email: false, in_app: true }, daily_agenda: { email: false } },
      version: 2,
    });
    const kept = await s.source.query('select kind, channel, is_on from notification_choices where user_id = $1', [
      who,
    ]);
    expect(kept).toEqual([{ kind: 'lesson_tomorrow', channel: 'email', is_on: false }]);
    expect(await change({ quiet_hours: null })).toMatchObject({ quiet_hours: null, digest: 'daily', version: 3 });
  });

  it.each([
    ['of a kind that there is not', { kinds: { nonsense: { email: false } } }, { field: 'kinds' }],
    [
      'of a way that a kind does not go',
      { kinds: { booking_refunded: { sms: true } } },
      { field: 'kinds.booking_refunded' },
    ],
    ['that is neither yes nor no', { kinds: { lesson_soon: { email: 1 } } }, { field: 'kinds.lesson_soon.email' }],
    ['that is no set of ways', { kinds: { lesson_soon: [true] } }, { field: 'kinds.lesson_soon' }],
    [
      'of what nobody may miss',
      { kinds: { booking_canceled: { email: false } } },
      { field: 'kinds.booking_canceled.email' },
    ],
    [
      'of quiet hours without an end',
      { quiet_hours: { from: '22:00', until: '22:00' } },
      { field: 'quiet_hours.until' },
    ],
    ['of an hour that there is not', { quiet_hours: { from: '24:00', until: '07:00' } }, { fields: expect.anything() }],
    ['of half of the quiet hours', { quiet_hours: { from: '22:00' } }, { fields: expect.anything() }],
    ['of a digest that there is not', { digest: 'hourly' }, { fields: expect.anything() }],
    ['of an unknown field', { phone: '+1' }, { fields: expect.anything() }],
    ['of nothing as kinds', { kinds: null }, { fields: expect.anything() }],
  ])('refuse a choice %s, and change nothing', async (_what, body, problem) => {
    expect(await change({ digest: 'daily', ...body })).toMatchObject({ status: 400, ...problem });
    expect(await show()).toMatchObject({ digest: 'off', version: 0 });
  });

  it('let what nobody may miss be turned off where e-mail still tells of it', async () => {
    const { kinds } = await change({ kinds: { booking_canceled: { push: false, email: true } } });
    expect(kinds.booking_canceled).toEqual({ email: true, sms: true, in_app: true, push: false });
  });

  it('have texts only for who asked for them and has a telephone', async () => {
    expect(await change({ sms: { is_opted_in: true } })).toMatchObject({ sms: { is_opted_in: true } });
    expect(await change({ sms: { is_opted_in: false } })).toMatchObject({ sms: { is_opted_in: false } });
    who = s.person();
    await s.meet(who);
    expect(await change({ sms: { is_opted_in: true } })).toMatchObject({ status: 422, code: 'phone_missing' });
    expect(await change({ sms: { is_opted_in: false } })).toMatchObject({ status: 200, sms: { phone: null } });
  });

  it('are changed by who has read the newest, if they say what they read', async () => {
    const { headers } = await s.ask('/preferences', who);
    const read = { 'if-match': headers.get('etag')! };
    expect(read).toEqual({ 'if-match': '"0"' });
    const both = await Promise.all([change({ digest: 'daily' }, read), change({ digest: 'off' }, read)]);
    expect(both.map(({ status }) => status).toSorted()).toEqual([200, 409]);
    expect(both.find(({ status }) => status === 409)).toMatchObject({ code: 'preferences_changed', version: 1 });
    expect(await change({}, { 'if-match': 'W/"1"' })).toMatchObject({ status: 400 });
    expect(await change({}, { 'if-match': '*' })).toMatchObject({ status: 200 });
  });

  it('are for whoever is signed in', async () => {
    expect((await s.ask('/preferences')).status).toBe(401);
  });
});
