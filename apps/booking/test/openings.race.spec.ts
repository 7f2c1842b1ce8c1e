import { BookingError } from '@scheduling/domain';
import { rush } from '@scheduling/testing';
import { type Scenario, scenario } from './scenario.ts';

const HOURS = Array.from({ length: 12 }, (_, i) => 10 + i);
const at = (hour: number) => new Date(Date.UTC(2030, 2, 1, hour)).toISOString();

describe('openings that arrive in a rush', () => {
  let s: Scenario;
  beforeAll(async () => {
    s = await scenario();
  });
  afterAll(() => s.end());

  it('end as the newest, whatever their order', async () => {
    const tutor = s.person();
    const publications = HOURS.map((hour) => s.publication(tutor, { starts: [at(hour), at(hour + 1)], price: hour }));
    const { refusals } = await rush(24, (i) => s.offer(publications[(i * 7) % 12]!));
    expect(refusals).toEqual([]);
    expect((await s.listed(tutor)).map(({ startAt, priceCents }) => [startAt.toISOString(), priceCents])).toEqual([
      [at(21), 21],
      [at(22), 21],
    ]);
  });

  it('never change the length or price of a slot that a student holds', async () => {
    const tutor = s.person();
    const offer = (i: number) => ({ starts: HOURS.map(at), minutes: i % 2 ? 30 : 60, price: i % 2 ? 1500 : 2500 });
    await s.publish(tutor, offer(0));
    const slots = await s.slotsOf(tutor);
    const publications = HOURS.map((_, i) => s.publication(tutor, offer(i + 1)));

    const { won, refusals } = await rush<unknown>(36, (i) =>
      i % 3 ? s.hold(s.person(), slots[i % 12]!) : s.offer(publications[i / 3]!),
    );

    expect(refusals.every((refusal) => refusal instanceof BookingError)).toBe(true);
    expect(won.length).toBeGreaterThanOrEqual(12);
    const torn = `
      select s.id from slots s join holds h on h.slot_id = s.id join claims c on c.slot_id = s.id
       where s.tutor_id = $1 and (s.end_at <> h.end_at or s.price_cents <> h.price_cents or upper(c.during) <> s.end_at)`;
    expect(await s.source.query(torn, [tutor])).toEqual([]);
  });
});
