import { rush } from '@scheduling/testing';
import { hoursOf as at, instant, MONDAYS, onDay, type Scenario, scenario, type Tutor } from './scenario.ts';

describe('a part of availability that a tutor changes', () => {
  let s: Scenario;
  let tutor: Tutor;
  let mondays: string;
  beforeAll(async () => {
    s = await scenario();
  });
  beforeEach(async () => {
    tutor = await s.tutor();
    mondays = (await tutor.offer(MONDAYS)).body.availability_id;
  });
  afterAll(() => s.end());

  const starts = () => s.starts(tutor.id);
  const [first, second, third, fourth] = [at(4, 14, 15), at(11, 14, 15), at(18, 14, 15), at(25, 14, 15)];

  describe('from one start on', () => {
    it('ends before it, and goes on as another', async () => {
      const answer = await tutor.edit(mondays, {
        scope: 'following',
        occurrence_at: '2030-03-18T16:00:00+02:00',
        start_at: '2030-03-18T09:00:00+02:00',
        price_cents: 4000,
      });
      expect(answer).toMatchObject({
        status: 200,
        body: {
          ...onDay(18, 7, 9),
          rrule_string: 'FREQ=WEEKLY;COUNT=2',
          price_cents: 4000,
          slots: { count: 4 },
          conflicts: [],
        },
      });
      expect(answer.body.availability_id).not.toBe(mondays);
      expect((await tutor.block(mondays)).body).toMatchObject({ rrule_string: 'FREQ=WEEKLY;UNTIL=20300318T135959Z' });
      expect((await s.last(tutor.id)).openings).toEqual([
        { minutes: 60, price_cents: 2500, capacity: 1, starts: [...first, ...second] },
        { minutes: 60, price_cents: 4000, capacity: 1, starts: [...at(18, 7, 8), ...at(25, 7, 8)] },
      ]);
    });

    it('keeps its id where that is the first', async () => {
      const asked = { scope: 'following', occurrence_at: first[0], end_at: instant(4, 15) };
      expect((await tutor.edit(mondays, asked)).body).toMatchObject({ availability_id: mondays });
      expect(await starts()).toEqual([first[0], second[0], third[0], fourth[0]]);
      expect((await tutor.blocks()).body.items).toHaveLength(1);
    });

    it('keeps the hour that the clocks skip on that day', async () => {
      const nights = { ...MONDAYS, start_at: '2030-03-29T03:30:00+02:00', end_at: '2030-03-29T04:30:00+02:00' };
      const { body } = await tutor.offer({ ...nights, rrule_string: 'FREQ=DAILY;COUNT=5' });
      const [skipped, next] = ['2030-03-31T01:30:00.000Z', '2030-04-01T00:30:00.000Z'];
      const before = await starts();
      expect(before.slice(-3)).toEqual([skipped, next, '2030-04-02T00:30:00.000Z']);
      await tutor.edit(body.availability_id, { scope: 'following', occurrence_at: skipped, capacity: 2 });
      expect((await starts()).toSorted()).toEqual(before);
    });

    it('is taken away', async () => {
      expect(await tutor.withdraw(mondays, `?scope=following&occurrence_at=${third[0]}`)).toMatchObject({
        status: 204,
      });
      expect(await starts()).toEqual([...first, ...second]);
      expect(await tutor.withdraw(mondays, `?scope=following&occurrence_at=${first[0]}`)).toMatchObject({
        status: 204,
      });
      expect(await starts()).toEqual([]);
      expect(await tutor.block(mondays)).toMatchObject({ status: 404, body: { code: 'availability_not_found' } });
    });
  });

  describe('on one date', () => {
    it('is there at another time, and nothing else is touched', async () => {
      const asked = { scope: 'one', occurrence_at: second[0], start_at: instant(12, 8), capacity: 3 };
      const answer = await tutor.edit(mondays, asked);
      expect(answer).toMatchObject({
        status: 200,
        body: { ...onDay(12, 8, 10), is_recurring: false, rrule_string: null, capacity: 3, slots: { count: 2 } },
      });
      expect((await s.last(tutor.id)).openings).toEqual([
        { minutes: 60, price_cents: 2500, capacity: 1, starts: [...first, ...third, ...fourth] },
        { minutes: 60, price_cents: 2500, capacity: 3, starts: at(12, 8, 9) },
      ]);
      expect((await tutor.block(mondays)).body).toMatchObject({ exdates: [second[0]] });
    });

    it('is taken away', async () => {
      await tutor.withdraw(mondays, `?scope=one&occurrence_at=${encodeURIComponent('2030-03-11T16:00:00+02:00')}`);
      expect(await starts()).toEqual([...first, ...third, ...fourth]);
      expect(await tutor.withdraw(mondays, `?scope=one&occurrence_at=${second[0]}`)).toMatchObject({
        status: 422,
        body: { code: 'occurrence_not_found' },
      });
    });
  });

  it('is divided once when ten ask for it at once', async () => {
    const ask = () => tutor.edit(mondays, { scope: 'following', occurrence_at: third[0], price_cents: 1 });
    const { won } = await rush(10, ask);
    const statuses = won.map(({ status }) => status).toSorted();
    expect(statuses).toEqual([200, ...Array(9).fill(422)]);
    expect((await tutor.blocks()).body.items).toHaveLength(2);
    expect(await starts()).toEqual([...first, ...second, ...third, ...fourth]);
  });
});
