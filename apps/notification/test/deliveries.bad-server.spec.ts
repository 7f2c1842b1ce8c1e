import { until } from '@scheduling/testing';
import { PATIENCE } from '../src/email/mail-server.ts';
import { lesson } from './booking-says.ts';
import { type Scenario, scenario } from './scenario.ts';
import { smtpDouble } from './smtp-double.ts';

describe('a mail server that', () => {
  let s: Scenario;
  beforeEach(async () => {
    s = await scenario();
  });
  afterEach(() => s.end());

  it('is busy is asked again, and gets each mail once', async () => {
    const booked = lesson();
    await s.meetBoth(booked);
    s.smtp.conduct = (_to, offer) => (offer < 3 ? 451 : 'take');
    await s.confirm(booked);
    const worker = s.worker();
    await s.work(worker);
    expect(await s.work(worker)).toBe(0);
    for (let minute = 0; minute < 2; minute++) {
      s.clock.advance(1);
      await s.work(worker);
    }
    expect(await s.states(booked)).toEqual({ 'confirmed sent': 2 });
    expect((await s.ledger(booked)).map(({ attempts }) => attempts)).toEqual([3, 3]);
    expect(new Set(s.arrived(booked)).size).toBe(2);
    expect(s.arrived(booked)).toHaveLength(2);
  });

  it('takes a mail and drops the line gets the same Message-ID once more for each drop', async () => {
    const booked = lesson();
    const { student } = await s.meetBoth(booked);
    s.smtp.conduct = (to, offer) => (to === student && offer < 3 ? 'drop' : 'take');
    await s.confirm(booked);
    const worker = s.worker();
    for (let minute = 0; minute < 4; minute++) {
      await s.work(worker);
      s.clock.advance(1);
    }
    expect(await s.states(booked)).toEqual({ 'confirmed sent': 2 });
    expect(s.smtp.arrived.filter(({ to }) => to === student)).toHaveLength(3);
    expect(new Set(s.arrived(booked)).size).toBe(2);
  });

  it('refuses a person for good is not asked again about that person', async () => {
    const booked = lesson();
    const { student } = await s.meetBoth(booked);
    s.smtp.conduct = (to) => (to === student ? 550 : 'take');
    await s.confirm(booked);
    await s.work(s.worker());
    expect(await s.states(booked)).toEqual({ 'confirmed failed': 1, 'confirmed sent': 1 });
    const row = (await s.ledger(booked)).find(({ state }) => state === 'failed')!;
    expect(row).toMatchObject({ recipient_id: booked.student_id, attempts: 1 });
    expect(row.last_error).toContain('550');
  });

  it('hangs on a mail holds up no other', async () => {
    const [stuck, ...others] = Array.from({ length: 20 }, () => lesson());
    for (const booked of [stuck!, ...others]) await s.meetBoth(booked);
    const { student } = await s.meetBoth(stuck!);
    s.smtp.conduct = (to) => (to === student ? 'hang' : 'take');
    for (const booked of [stuck!, ...others]) await s.confirm(booked);
    s.loop();
    await until('all but one are sent', async () => {
      const [{ sent }] = await s.source.query("select count(*)::int as sent from messages where state = 'sent'");
      return sent === 39;
    });
    expect(await s.states(stuck!)).toEqual({ 'confirmed working': 1, 'confirmed sent': 1 });
  });

  it('hangs is left after its time, and the mail is sent at the next try', async () => {
    const booked = lesson();
    const { student } = await s.meetBoth(booked);
    s.smtp.conduct = (to, offer) => (to === student && offer === 1 ? 'hang' : 'take');
    await s.confirm(booked);
    await s.work(s.worker(undefined, { ...PATIENCE, silence: 1000 }));
    expect(await s.states(booked)).toEqual({ 'confirmed planned': 1, 'confirmed sent': 1 });
    s.clock.advance(1);
    await s.work(s.worker());
    expect(await s.states(booked)).toEqual({ 'confirmed sent': 2 });
  });

  it('is down loses nothing: what waited for it is sent when it is up', async () => {
    const [booked, gone] = [lesson(), await smtpDouble()];
    await gone.close();
    await s.meetBoth(booked);
    await s.confirm(booked);
    await s.work(s.worker({ SMTP_URL: gone.url }));
    expect(await s.states(booked)).toEqual({ 'confirmed planned': 2 });
    s.clock.advance(1);
    await s.work(s.worker());
    expect(await s.states(booked)).toEqual({ 'confirmed sent': 2 });
  });

  it('offers no TLS gets no password over a network', async () => {
    const booked = lesson();
    await s.meetBoth(booked);
    await s.confirm(booked);
    // The same server by an address that is not known to be this machine.
    await s.work(s.worker({ SMTP_URL: s.smtp.url.replace('//127.0.0.1', '//user:secret@0.0.0.0') }));
    expect(await s.states(booked)).toEqual({ 'confirmed planned': 2 });
    expect(s.smtp.offers.size).toBe(0);
  });

  it('never takes a mail is given up after ten tries', async () => {
    const booked = lesson({ start_at: '2030-03-30T12:00:00.000Z', end_at: '2030-03-30T13:00:00.000Z' });
    await s.meetBoth(booked);
    s.smtp.conduct = () => 451;
    await s.confirm(booked);
    const worker = s.worker();
    for (let day = 0; day < 12; day++) {
      await s.work(worker);
      s.clock.advance(24 * 60);
    }
    expect(await s.states(booked)).toEqual({ 'confirmed dead': 2 });
    expect([...s.smtp.offers.values()]).toEqual([10, 10]);
  });
});
