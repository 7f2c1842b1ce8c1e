import { newId, type PersonId } from '@scheduling/domain';
import { FROZEN_CLOCK } from '@scheduling/persistence';
import { readConfig, run, type RunningService } from '@scheduling/service-kit';
import { type TestIssuer, testIssuer } from '@scheduling/testing';
import { BookingConfig } from '../src/config.ts';
import { service } from '../src/service.ts';
import { type Scenario, scenario } from './scenario.ts';

interface Found {
  readonly timezone: string;
  readonly items: { readonly tutor_id: PersonId; readonly slot: { readonly start_at: string } }[];
  readonly next_cursor: string | null;
}

const at = (day: number, hour: number, minute = 0) => new Date(Date.UTC(2030, 2, day, hour, minute)).toISOString();

describe('a search for free tutors', () => {
  let s: Scenario;
  let issuer: TestIssuer;
  let running: RunningService;
  let token: string;
  beforeAll(async () => {
    [s, issuer] = await Promise.all([scenario(), testIssuer()]);
    const env = { PORT: '0', HOST: '127.0.0.1', DATABASE_URL: s.url, AUTH_ISSUER: issuer.url, LOG_LEVEL: 'error' };
    running = await run(service, readConfig(BookingConfig, env), [{ provide: FROZEN_CLOCK, useValue: s.clock }]);
    token = await issuer.token();
  });
  afterAll(async () => {
    await running.close();
    await issuer.close();
    await s.end();
  });

  const ask = async (query: Record<string, string>) => {
    const url = `${running.url}/api/v1/scheduling/availability/search?${new URLSearchParams(query).toString()}`;
    const answer = await fetch(url, { headers: { authorization: `Bearer ${token}` } });
    return {
      status: answer.status,
      body: (await answer.json()) as Found & { code?: string; field?: string; fields?: object },
    };
  };
  /** Who is found, and when their first lesson starts. */
  const find = async (query: Record<string, string>) => {
    const { status, body } = await ask(query);
    expect(status).toBe(200);
    return body.items.map(({ tutor_id, slot }) => [tutor_id, slot.start_at]);
  };
  const only = (...tutors: PersonId[]) => ({ tutor_ids: tutors.join(',') });
  const evening = { from: at(5, 18), to: at(5, 19) };

  it('names each tutor once, with the first lesson that lies wholly in the window', async () => {
    const [early, late, outside] = [s.person(), s.person(), s.person()];
    await s.publish(late, { starts: [at(5, 18, 15), at(5, 18, 30)], minutes: 30 });
    await s.publish(early, { starts: [at(5, 17), at(5, 18), at(5, 18, 30)], minutes: 30 });
    await s.publish(outside, { starts: [at(5, 17, 30), at(5, 18, 30), at(5, 19)] });
    expect(await find(evening)).toEqual([
      [early, at(5, 18)],
      [late, at(5, 18, 15)],
    ]);
  });

  it('reads days on the clock of the timezone, and tells local times', async () => {
    const tutor = s.person();
    await s.publish(tutor, { starts: [at(8, 23), at(9, 12), at(10, 23)] });
    const day = { from: '2030-03-09', to: '2030-03-09', timezone: 'Asia/Tokyo', ...only(tutor) };
    const { body } = await ask(day);
    expect(body).toMatchObject({
      timezone: 'Asia/Tokyo',
      items: [{ slot: { start_at: at(8, 23), local_start_at: '2030-03-09T08:00:00+09:00' } }],
    });
  });

  it('passes over what is held, booked, closed, or too soon, and finds it again when it is free', async () => {
    const tutor = s.person();
    const day = { from: at(1, 9), to: at(2, 0), ...only(tutor) };
    const starts = [at(1, 10), at(1, 12), at(1, 13), at(1, 14)];
    await s.publish(tutor, { starts, terms: { minimum_notice_minutes: 120 } });
    expect(await find(day)).toEqual([[tutor, at(1, 12)]]);
    const [noon, one] = await s.listed(tutor);
    const { hold } = await s.hold(s.person(), noon!.id);
    await s.book(one!.id);
    expect(await find(day)).toEqual([[tutor, at(1, 14)]]);
    await s.letGo(hold);
    expect(await find(day)).toEqual([[tutor, at(1, 12)]]);
    await s.publish(tutor, { starts: [] });
    expect(await find(day)).toEqual([]);
  });

  it('counts a hold that has run out as free, before anyone sweeps it', async () => {
    const tutor = s.person();
    const slot = await s.slot({ tutor, starts: [at(3, 12)] });
    const { hold } = await s.hold(s.person(), slot);
    const day = { from: at(3, 0), to: at(4, 0), ...only(tutor) };
    expect(await find(day)).toEqual([]);
    const now = s.clock.now();
    await s.source.query('update holds set expires_at = $1 where id = $2', [now, hold.id]);
    await s.source.query('update claims set expires_at = $1 where slot_id = $2', [now, slot]);
    expect(await find(day)).toEqual([[tutor, at(3, 12)]]);
  });

  it('leaves out what costs less or more than asked for', async () => {
    const [cheap, dear] = [s.person(), s.person()];
    await s.publish(cheap, { starts: [at(6, 18)], price: 1500 });
    await s.publish(dear, { starts: [at(6, 18)], price: 4000 });
    const both = { from: at(6, 18), to: at(6, 19), ...only(cheap, dear) };
    const who = async (bounds: Record<string, string>) => (await find({ ...both, ...bounds })).map(([tutor]) => tutor);
    expect(await who({ max_price: '1500' })).toEqual([cheap]);
    expect(await who({ min_price: '1501' })).toEqual([dear]);
    expect(await who({ min_price: '1500', max_price: '4000' })).toEqual([cheap, dear].toSorted());
  });

  it('keeps to the tutors’ caps, and goes on to the day that has room', async () => {
    const tutor = s.person();
    const starts = [at(11, 10), at(11, 12), at(11, 14), at(12, 10)];
    await s.publish(tutor, { starts, terms: { maximum_lessons_per_day: 1, timezone: 'UTC' } });
    const days = { from: at(11, 0), to: at(13, 0), ...only(tutor) };
    expect(await find(days)).toEqual([[tutor, at(11, 10)]]);
    const [, noon] = await s.listed(tutor);
    await s.book(noon!.id);
    expect(await find(days)).toEqual([[tutor, at(12, 10)]]);
    expect(await find({ ...days, limit: '1' })).toEqual([[tutor, at(12, 10)]]);
  });

  it('gives every tutor on one of its pages, and none on two', async () => {
    const tutors = Array.from({ length: 7 }, () => s.person());
    for (const [i, tutor] of tutors.entries()) {
      const terms = i % 2 === 0 ? { maximum_lessons_per_week: 3 } : {};
      await s.publish(tutor, { starts: [at(20, 8 + (i % 3)), at(20, 9 + (i % 3)), at(20, 12)], terms });
    }
    const day = { from: at(20, 0), to: at(21, 0), limit: '2', ...only(...tutors) };
    const seen: PersonId[] = [];
    let cursor: string | null = null;
    for (let pages = 0; pages < 5; pages++) {
      const { body }: { body: Found } = await ask({ ...day, ...(cursor !== null && { cursor }) });
      seen.push(...body.items.map(({ tutor_id }) => tutor_id));
      cursor = body.next_cursor;
      if (cursor === null) break;
    }
    expect(cursor).toBeNull();
    expect(seen.toSorted()).toEqual(tutors.toSorted());
  });

  it('ends a page early rather than read on for ever, and finds who is free on a later one', async () => {
    const quarters = Array.from({ length: 14 * 96 }, (_, i) =>
      new Date(Date.UTC(2030, 3, 1) + i * 900_000).toISOString(),
    );
    const [free, ...full] = Array.from({ length: 5 }, () => s.person());
    for (const tutor of full) {
      await s.publish(tutor, {
        starts: quarters,
        minutes: 15,
        terms: { timezone: 'UTC', maximum_lessons_per_week: 1 },
      });
      const slots = await s.slotsOf(tutor);
      for (const week of [0, 1]) await s.book(slots[week * 7 * 96]!);
    }
    await s.publish(free!, { starts: quarters.slice(-1), minutes: 15 });
    const window = { from: quarters[0]!, to: '2030-04-15T00:00:00Z', ...only(free!, ...full) };
    const sizes: number[] = [];
    let cursor: string | null = null;
    for (let pages = 0; pages < 5 && (pages === 0 || cursor !== null); pages++) {
      const { body }: { body: Found } = await ask({ ...window, ...(cursor !== null && { cursor }) });
      sizes.push(body.items.length);
      cursor = body.next_cursor;
    }
    expect(sizes).toEqual([0, 1]);
    expect(cursor).toBeNull();
  });

  it.each<[string, Record<string, string>, number, string, string]>([
    ['no window', {}, 400, 'malformed_request', 'from'],
    ['half a window', { from: at(5, 18) }, 400, 'malformed_request', 'to'],
    ['a day that is none', { from: '2030-02-30', to: '2030-03-01' }, 400, 'malformed_request', 'from'],
    ['a price that is none', { ...evening, min_price: 'cheap' }, 400, 'malformed_request', 'min_price'],
    ['a tutor that is none', { ...evening, tutor_ids: 'me' }, 400, 'malformed_request', 'tutor_ids'],
    ['a cursor of its own', { ...evening, cursor: 'x' }, 400, 'malformed_request', 'cursor'],
    [
      'a cursor of no day',
      { ...evening, cursor: `9999-99-99T99:99:99.999Z_${newId()}` },
      400,
      'malformed_request',
      'cursor',
    ],
    ['an unknown word', { ...evening, subject: 'Spanish' }, 400, 'malformed_request', 'subject'],
    ['too large a page', { ...evening, limit: '101' }, 400, 'malformed_request', 'limit'],
    [
      '101 tutors',
      { ...evening, tutor_ids: Array(101).fill(newId()).join(',') },
      400,
      'malformed_request',
      'tutor_ids',
    ],
    ['a window of 15 days', { from: at(1, 0), to: at(16, 0) }, 422, 'range_too_long', 'to'],
    ['a window backwards', { from: at(5, 19), to: at(5, 18) }, 422, 'range_backwards', 'to'],
    ['an unknown clock', { ...evening, timezone: 'Mars/Olympus' }, 422, 'unknown_timezone', 'timezone'],
  ])('is refused with %s', async (_, query, status, code, field) => {
    const answer = await ask(query);
    expect([answer.status, answer.body.code]).toEqual([status, code]);
    expect(answer.body.field ?? Object.keys(answer.body.fields!)[0]).toBe(field);
  });
});
