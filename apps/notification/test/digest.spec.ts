import type { BookingConfirmed } from '@scheduling/contracts';
import { newId, type PersonId } from '@scheduling/domain';
import { cancellation, completion, lesson } from './booking-says.ts';
import { type Scenario, scenario } from './scenario.ts';

const HOUR = 60;
const SECOND = 1 / 60;

describe('a daily digest', () => {
  let s: Scenario;
  let sam: PersonId;
  let address: string;
  beforeAll(async () => {
    s = await scenario();
  });
  afterAll(() => s.end());
  beforeEach(async () => {
    sam = newId<PersonId>();
    address = await s.meet(sam, { timezone: 'Europe/Kyiv' });
    await s.source.query("insert into notification_settings (user_id, digest, version) values ($1, 'daily', 1)", [sam]);
    s.smtp.conduct = () => 'take';
    untilEleven();
  });

  const DAY = 86_400_000;
  /** Lets it become eleven in the morning in Kyiv, of the next day, in winter. */
  const untilEleven = () => {
    const now = s.clock.now().getTime();
    s.clock.advance(((Math.floor(now / DAY) + 1) * DAY + 9 * 3_600_000 - now) / 60_000);
  };
  const untilEight = () => s.clock.advance(21 * HOUR);

  /** Has booking tell that a lesson with Olena ended an hour ago, of which Sam hears in the digest. */
  const over = async (): Promise<BookingConfirmed> => {
    const ago = (hours: number) => new Date(s.clock.now().getTime() - hours * 3_600_000).toISOString();
    const booked = lesson({ student_id: sam, start_at: ago(2), end_at: ago(1) });
    await s.meet(booked.tutor_id, { name: 'Olena' });
    await s.complete(completion(booked));
    return booked;
  };
  interface Row {
    readonly kind: string;
    readonly state: string;
    readonly attempts: number;
    readonly message_id: string;
    readonly provider_response: string | null;
    readonly next_attempt_at: Date;
  }
  const rows = (): Promise<Row[]> =>
    s.source.query("select * from messages where recipient_id = $1 and channel = 'email' order by kind, created_at", [
      sam,
    ]);
  const states = async () => (await rows()).map(({ kind, state }) => `${kind} ${state}`);
  const mails = () => s.smtp.arrived.filter(({ to }) => to === address);

  it('brings in one mail at eight what came since the last one, and says so in the ledger', async () => {
    await over();
    await over();
    await s.work(s.worker());
    expect(mails()).toEqual([]);
    expect(await states()).toEqual(['booking_completed planned', 'booking_completed planned', 'digest planned']);
    expect((await rows()).map(({ attempts }) => attempts)).toEqual([0, 0, 0]);

    untilEight();
    await s.work(s.worker());
    const [digest, ...others] = mails();
    expect(others).toEqual([]);
    expect(digest!.mail.subject).toBe('2 pieces of news about your lessons');
    expect(digest!.mail.text).toContain('Olena');
    const told = await rows();
    expect(told.map(({ state }) => state)).toEqual(['sent', 'sent', 'sent']);
    expect(told[0]!.provider_response).toBe(`in the digest ${digest!.messageId}`);
    s.clock.advance(48 * HOUR);
    await s.work(s.worker());
    expect(mails()).toHaveLength(1);
  });

  it('holds back neither what others want at once, nor what cannot wait', async () => {
    const ended = await over();
    const off = lesson({ student_id: sam, start_at: '2031-03-01T12:00:00.000Z', end_at: '2031-03-01T13:00:00.000Z' });
    await s.cancel(cancellation(off));
    await s.work(s.worker());
    expect(mails().map(({ messageId }) => messageId)).toEqual([expect.stringMatching(/^<booking_canceled\./)]);
    const [tutors] = (await s.ledger(ended)).filter(({ recipient_id: id }) => id === ended.tutor_id);
    expect(tutors!.state).toBe('sent');
  });

  it('does not tell what has been overtaken, and does not come where nothing is left', async () => {
    const [first, second] = [await over(), await over()];
    await s.work(s.worker());
    await s.cancel(cancellation(first, { version: 9 }));
    untilEight();
    await s.work(s.worker());
    expect(await states()).toEqual(
      expect.arrayContaining(['booking_completed revoked', 'booking_completed sent', 'digest sent']),
    );
    expect(mails().at(-1)!.mail.subject).toBe('One piece of news about your lessons');

    untilEleven();
    const third = await over();
    await s.work(s.worker());
    await s.cancel(cancellation(third, { version: 9 }));
    untilEight();
    await s.work(s.worker());
    expect((await states()).filter((one) => one.startsWith('digest'))).toEqual(['digest sent', 'digest skipped']);
    expect(second.student_id).toBe(sam);
  });

  it('comes once, from whichever of two replicas', async () => {
    await Promise.all([over(), over(), over(), over()]);
    await Promise.all([s.work(s.worker()), s.work(s.worker())]);
    expect((await states()).filter((one) => one === 'digest planned')).toHaveLength(1);
    untilEight();
    await Promise.all([s.work(s.worker()), s.work(s.worker())]);
    expect(mails()).toHaveLength(1);
    expect(mails()[0]!.mail.subject).toMatch(/^4 /);
    expect(new Set(await states())).toEqual(new Set(['booking_completed sent', 'digest sent']));
  });

  it('is sent by another worker where one has died with it, and nothing that it tells goes by itself meanwhile', async () => {
    await over();
    await s.work(s.worker());
    untilEight();
    expect((await s.worker().take(20)).filter(({ message }) => message.recipientId === sam)).toHaveLength(1);
    s.clock.advance(61 * SECOND);
    const worker = s.worker();
    const taken = await worker.take(20);
    const inADay = new Date(s.clock.now().getTime() + DAY);
    expect((await rows()).map(({ state, next_attempt_at: at }) => [state, at])).toContainEqual(['planned', inADay]);
    await Promise.all(taken.map((delivery) => worker.deliver(delivery)));
    expect(mails().map(({ messageId }) => messageId)).toEqual([expect.stringMatching(/^<digest\.\S+\.\d{8}\./)]);
    expect(await states()).toEqual(['booking_completed sent', 'digest sent']);
  });

  it('takes nothing in once it is on its way: that comes in the next', async () => {
    await over();
    await s.work(s.worker());
    untilEight();
    const worker = s.worker();
    const taken = await worker.take(20);
    // Another replica's clock has not struck yet.
    s.clock.advance(-SECOND);
    const late = await over();
    await s.work(s.worker());
    s.clock.advance(SECOND);
    await Promise.all(taken.map((delivery) => worker.deliver(delivery)));
    expect(await states()).toEqual(
      expect.arrayContaining(['booking_completed planned', 'booking_completed sent', 'digest planned', 'digest sent']),
    );
    s.clock.advance(24 * HOUR);
    await s.work(s.worker());
    expect(mails()).toHaveLength(2);
    expect((await s.ledger(late)).map(({ state }) => state)).toEqual(['sent', 'sent']);
    expect(new Set(mails().map(({ messageId }) => messageId)).size).toBe(2);
  });

  it('that is refused for good leaves each message to go by itself a day later', async () => {
    await over();
    await s.work(s.worker());
    untilEight();
    s.smtp.conduct = (to) => (to === address ? 550 : 'take');
    await s.work(s.worker());
    expect(await states()).toEqual(['booking_completed planned', 'digest failed']);
    s.smtp.conduct = () => 'take';
    s.clock.advance(24 * HOUR);
    await s.work(s.worker());
    expect(mails().map(({ messageId }) => messageId)).toEqual([expect.stringMatching(/^<booking_completed\./)]);
    expect(await states()).toEqual(['booking_completed sent', 'digest failed']);
  });
});
