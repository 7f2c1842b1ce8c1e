import { newId, type PersonId } from '@scheduling/domain';
import { cancellation, lesson, offer } from './booking-says.ts';
import { newPhone, NUMBER, type SmsScenario, smsScenario, TEXTS } from './sms.scenario.ts';

describe('whoever asked for texts', () => {
  let s: SmsScenario;
  beforeAll(async () => {
    s = await smsScenario();
  });
  afterAll(() => s.end());
  beforeEach(() => s.double.setFaults({}));

  it.each([
    ['no number', '', 'the recipient has no phone number'],
    ['a number written as people write it', '+380 50 123 45 67', 'the phone number is none'],
    ['a number with more behind it', '+380501234567;evil', 'the phone number is none'],
    ['a number that does not exist', '+380001234567', 'the phone number is none'],
    ['a number at a desk', '+442071234567', 'the phone number is of a kind that takes no texts'],
    ['a dear number', '+19005551234', 'the phone number is of a kind that takes no texts'],
    ['a number that others pay for', '+18005551234', 'the phone number is of a kind that takes no texts'],
  ])('and has %s gets none', async (_what, phone, last_error) => {
    const { row } = await s.canceled({ phone });
    await s.work(s.texter());
    expect(await row()).toMatchObject({ state: 'skipped', last_error });
    expect(s.double.textsTo(phone)).toEqual([]);
  });

  it('gets none after STOP, and gets them again after START', async () => {
    const phone = newPhone();
    expect(await s.double.reply({ from: phone, to: NUMBER, body: ' stop ' })).toBe(204);
    const first = await s.canceled({ phone });
    await s.work(s.texter());
    expect(await first.row()).toMatchObject({ state: 'skipped', last_error: 'the number has sent STOP' });
    expect(await s.double.reply({ from: phone, to: NUMBER, body: 'Start' })).toBe(204);
    const next = await s.canceled({ phone });
    await s.work(s.texter());
    expect((await next.row()).provider_id).toBe(s.double.textsTo(phone)[0]!.sid);
  });

  it('and has sent STOP that only Twilio heard of fails once, and gets no more', async () => {
    const { row, phone } = await s.canceled();
    s.double.stop(phone, NUMBER);
    await s.work(s.texter());
    expect(await row()).toMatchObject({ state: 'failed', attempts: 1, last_error: 'Twilio answered 400 (21610)' });
    const asked = s.double.requests().length;
    const next = await s.canceled({ phone });
    await s.work(s.texter());
    expect(await next.row()).toMatchObject({ state: 'skipped', last_error: 'the number has sent STOP' });
    expect(s.double.requests()).toHaveLength(asked);
  });

  it('and has a number that Twilio refuses is not tried again', async () => {
    s.double.setFaults({ requests: [{ kind: 'status', status: 400, method: 'POST', path: TEXTS, times: 1 }] });
    const { row } = await s.canceled();
    await s.work(s.texter());
    expect(await row()).toMatchObject({ state: 'failed', attempts: 1, last_error: 'Twilio answered 400 (20500)' });
  });

  it('hears of a lesson until it begins, and of an offer while it stands', async () => {
    const booked = lesson();
    const phone = await s.reader(booked.student_id);
    await s.cancel(cancellation(booked));
    const late = lesson({ start_at: '2030-03-09T12:00:00.000Z', end_at: '2030-03-09T13:00:00.000Z' });
    const other = await s.reader(late.student_id);
    await s.cancel(cancellation(late));
    const offered = offer(lesson({ student_id: newId<PersonId>() }), { expires_at: '2030-03-01T09:10:00.000Z' });
    const third = await s.reader(offered.student_id);
    await s.offer(offered);
    await s.work(s.texter());
    const wishes = [phone, other, third].map((one) => s.double.wishOf(s.double.textsTo(one)[0]!.sid));
    expect(wishes.map((wish) => wish?.validityPeriod)).toEqual([3 * 3600, 36_000, 600]);
  });

  it('gets one line of plain words, whatever people call themselves', async () => {
    const name = 'Eve\r\nBcc: x <b>{{ x }}</b> \u202egnp.exe 😀 ';
    const booked = lesson();
    const phone = await s.reader(booked.student_id);
    await s.meet(booked.tutor_id, { name: `${name}${'very '.repeat(60)}long` });
    await s.cancel(cancellation(booked));
    await s.work(s.texter());
    const { body } = s.double.textsTo(phone)[0]!;
    expect(body).not.toMatch(/[\r\n\u202a-\u202e]/);
    expect(body).toMatch(/\.\.\. \([0-9A-F]{6}\)$/);
    expect(body.length).toBeLessThanOrEqual(134);
  });
});
