import type { PersonId } from '@scheduling/domain';
import { type Door, openDoor } from './lifecycle.http.ts';
import { type Lifecycle, lifecycle } from './lifecycle.scenario.ts';

const at = (day: number) => `2030-03-${String(day).padStart(2, '0')}T12:00:00.000Z`;

describe('the list of one’s bookings', () => {
  let s: Lifecycle;
  let door: Door;
  let me: PersonId;
  beforeAll(async () => {
    s = await lifecycle();
    door = await openDoor(s);
    me = s.person();
    // One who learns on even days and teaches on odd ones.
    for (const day of [4, 6, 8, 10]) await s.book(await s.slot({ starts: [at(day)] }), me);
    await s.publish(me, { starts: [5, 7, 9].map(at) });
    for (const slot of await s.slotsOf(me)) await s.book(slot);
    await s.book(await s.slot({ starts: [at(6)] }));
  });
  afterAll(async () => {
    await door.close();
    await s.end();
  });

  const list = async (query: string, who = me) => {
    const { status, body } = await door.call('GET', `/bookings?${query}`, { id: who });
    return {
      status,
      body,
      days: body.items?.map(({ start_at }: { start_at: string }) => Number(start_at.slice(8, 10))),
    };
  };

  it.each([
    ['', [10, 9, 8, 7, 6, 5, 4]],
    ['role=student', [10, 8, 6, 4]],
    ['role=tutor', [9, 7, 5]],
    [`from=${at(6)}`, [10, 9, 8, 7, 6]],
    [`to=${at(6)}`, [5, 4]],
    ['from=2030-03-06T14:00:00%2B02:00&to=2030-03-09T12:00:00Z', [8, 7, 6]],
    [`from=${at(5)}&to=${at(9)}&role=tutor`, [7, 5]],
    ['status=confirmed&limit=2', [10, 9]],
    ['status=canceled', []],
    ['to=2100-01-01T00:00:00Z&limit=1', [10]],
  ])('of %s has the latest start first', async (query, days) => {
    expect((await list(query)).days).toEqual(days);
  });

  it.each(['', '&role=student', '&role=tutor', `&from=${at(5)}&to=${at(9)}`])(
    'comes page by page%s, and whole',
    async (query) => {
      const all = await list(`limit=100${query}`);
      const paged: number[] = [];
      for (let cursor: string | null = ''; cursor !== null;) {
        const page: Awaited<ReturnType<typeof list>> = await list(`limit=2${query}${cursor && `&cursor=${cursor}`}`);
        expect(page.days.length).toBeLessThanOrEqual(2);
        paged.push(...page.days);
        cursor = page.body.next_cursor;
      }
      expect(paged).toEqual(all.days);
    },
  );

  it('shows lessons that start at the same moment once each', async () => {
    const tutor = s.person();
    const slot = await s.slot({ tutor, starts: [at(20)], capacity: 5 });
    const bookings = await Promise.all(Array.from({ length: 5 }, () => s.book(slot)));
    const seen: string[] = [];
    for (let cursor: string | null = ''; cursor !== null;) {
      const page: Awaited<ReturnType<typeof list>> = await list(`limit=2${cursor && `&cursor=${cursor}`}`, tutor);
      seen.push(...page.body.items.map(({ booking_id }: { booking_id: string }) => booking_id));
      cursor = page.body.next_cursor;
    }
    expect(seen).toEqual(
      bookings
        .map(({ id }) => id)
        .toSorted()
        .toReversed(),
    );
  });

  it('shows all that a client needs of one', async () => {
    const { body } = await list('role=tutor&limit=1');
    const [item] = body.items;
    expect(item).toMatchObject({
      status: 'confirmed',
      tutor_id: me,
      reschedules: 0,
      free_cancellation: false,
      no_show_by: null,
      series_id: null,
    });
    const { body: alone } = await door.call('GET', `/bookings/${item.booking_id}`, { id: me });
    expect(alone).toEqual(item);
    const stranger = await door.call('GET', `/bookings/${item.booking_id}`, { id: s.person() });
    expect(stranger).toMatchObject({ status: 404, body: { code: 'booking_not_found' } });
  });

  it('reads each side by its index', async () => {
    const plan = await s.source.query(
      `explain select * from bookings b where b.tutor_id = $1 and b.start_at >= $2 and b.start_at < $3
        order by b.start_at desc, b.id desc limit 51`,
      [me, at(5), at(9)],
    );
    expect(JSON.stringify(plan)).toContain('bookings_of_tutor');
  });

  it.each([
    [`from=${at(6)}&to=${at(6)}`, 422, 'range_backwards'],
    [`from=${at(7)}&to=${at(6)}`, 422, 'range_backwards'],
    ['from=2030-03-06', 400, 'malformed_request'],
    ['to=2030-02-30T12:00:00Z', 400, 'malformed_request'],
    ['role=admin', 400, 'malformed_request'],
    ['limit=0', 400, 'malformed_request'],
    ['unknown=1', 400, 'malformed_request'],
    ['cursor=2030-13-45T99:00:00.000Z_x', 400, 'malformed_request'],
  ])('refuses %s with %d %s', async (query, status, code) => {
    expect(await list(query)).toMatchObject({ status, body: { code } });
  });
});
