import type { PersonId, SlotId } from '@scheduling/domain';
import { FROZEN_CLOCK } from '@scheduling/persistence';
import { readConfig, run, type RunningService } from '@scheduling/service-kit';
import { type TestIssuer, testIssuer, until } from '@scheduling/testing';
import { BookingConfig } from '../src/config.ts';
import { HoldsService } from '../src/holds/holds.service.ts';
import { service } from '../src/service.ts';
import { type Scenario, scenario } from './scenario.ts';

const at = (day: number, hour: number) => new Date(Date.UTC(2030, 2, day, hour)).toISOString();

describe('the list of a tutor’s slots', () => {
  let s: Scenario;
  let issuer: TestIssuer;
  let here: RunningService;
  let there: RunningService;
  let token: string;
  beforeAll(async () => {
    [s, issuer] = await Promise.all([scenario(), testIssuer()]);
    const env = { PORT: '0', HOST: '127.0.0.1', DATABASE_URL: s.url, AUTH_ISSUER: issuer.url, LOG_LEVEL: 'error' };
    const replica = () => run(service, readConfig(BookingConfig, env), [{ provide: FROZEN_CLOCK, useValue: s.clock }]);
    [here, there] = [await replica(), await replica()];
    token = await issuer.token();
  });
  afterAll(async () => {
    await here.close();
    await there.close();
    await issuer.close();
    await s.end();
  });

  const ask = (tutor: PersonId, of: RunningService, query = '', headers: Record<string, string> = {}) =>
    fetch(`${of.url}/api/v1/scheduling/availability/${tutor}/slots?${query}`, {
      headers: { authorization: `Bearer ${token}`, ...headers },
    });
  const starts = async (tutor: PersonId, of = here, query = ''): Promise<string[]> => {
    const { items } = (await (await ask(tutor, of, query)).json()) as { items: { start_at: string }[] };
    return items.map(({ start_at }) => start_at);
  };
  /** Places a hold as a request to one replica does. */
  const hold = (slot: SlotId, of: RunningService, student = s.person()) =>
    of.app.get(HoldsService, { strict: false }).place(student, slot, { personId: student, key: null, content: '' });
  const hits = async (of: RunningService): Promise<number> => {
    const text = await (await fetch(`${of.url}/metrics`)).text();
    return Number(/slot_cache_requests_total\{result="hit"\} (\d+)/.exec(text)?.[1] ?? 0);
  };
  /** Asks until the answer comes from memory: by then the log has told of all that happened before. */
  const keep = (tutor: PersonId, query = '') =>
    until('the list is kept', async () => {
      const before = await hits(here);
      await starts(tutor, here, query);
      return (await hits(here)) > before;
    });
  const twoLessons = { starts: [at(4, 12), at(4, 14)] };

  it('comes from memory while nothing happens, and says so in the metrics', async () => {
    const tutor = s.person();
    await s.publish(tutor, twoLessons);
    await keep(tutor);
    expect(await starts(tutor)).toEqual(twoLessons.starts);
  });

  it('shows at once what this replica has let someone hold', async () => {
    const tutor = s.person();
    await s.publish(tutor, twoLessons);
    await keep(tutor);
    const [noon] = await s.listed(tutor);
    await hold(noon!.id, here);
    expect(await starts(tutor)).toEqual([at(4, 14)]);
  });

  it('shows at once that the tutor is in someone else’s lesson then', async () => {
    const [tutor, teacher] = [s.person(), s.person()];
    await s.publish(tutor, twoLessons);
    await s.publish(teacher, twoLessons);
    await keep(tutor);
    const [noon] = await s.listed(teacher);
    await hold(noon!.id, here, tutor);
    expect(await starts(tutor)).toEqual([at(4, 14)]);
  });

  it('shows soon what another replica has let someone hold', async () => {
    const tutor = s.person();
    await s.publish(tutor, twoLessons);
    const [noon] = await s.listed(tutor);
    // The lists here are not asked for again in between: nothing but the log can tell.
    await keep(tutor, 'limit=7');
    await hold(noon!.id, there);
    await until('the log has told of it', async () => (await starts(tutor, here, 'limit=7')).length === 1);
  });

  it('shows soon what the tutor has published', async () => {
    const tutor = s.person();
    await s.publish(tutor, twoLessons);
    await keep(tutor);
    await s.publish(tutor, { starts: [at(4, 16)] });
    await until('the log has told of it', async () => (await starts(tutor)).join() === at(4, 16));
  });

  it('shows again what the tutor reopens after all, and tells the other replicas', async () => {
    const tutor = s.person();
    await s.publish(tutor, { starts: [at(9, 12)] });
    const [slot] = await s.slotsOf(tutor);
    const booking = await s.book(slot!);
    await s.cancel(tutor, booking.id);
    await until('the log has told of the cancellation', async () => (await starts(tutor)).length === 0);
    const stated = async (): Promise<number> => {
      const told = `select count(*)::int as times from (select key, type from outbox union all select key, type from bus.log) as told
                     where key = $1 and type like '%.SlotsChanged.v1'`;
      return (await s.source.query(told, [tutor]))[0].times;
    };
    const before = await stated();
    await s.cancel(tutor, booking.id, true);
    await s.cancel(tutor, booking.id, true);
    expect((await stated()) - before).toBe(1);
    await until('the log has told of it', async () => (await starts(tutor)).length === 1);
  });

  it('ends when a hold runs out, and when a slot comes within the notice', async () => {
    const tutor = s.person();
    const terms = { minimum_notice_minutes: 60 };
    await s.publish(tutor, { starts: [at(1, 12), at(1, 14)], terms });
    const [noon] = await s.listed(tutor);
    await hold(noon!.id, here);
    expect(await starts(tutor)).toEqual([at(1, 14)]);
    const held = s.clock.now();
    s.clock.advance(10);
    expect(await starts(tutor)).toEqual([at(1, 12), at(1, 14)]);
    s.clock.advance((Date.parse(at(1, 11)) - s.clock.now().getTime()) / 60_000);
    expect(await starts(tutor)).toEqual([at(1, 12), at(1, 14)]);
    s.clock.advance(1 / 60);
    expect(await starts(tutor)).toEqual([at(1, 14)]);
    s.clock.advance((held.getTime() - s.clock.now().getTime()) / 60_000);
  });

  it('is not sent again to whoever has it, and is when it has changed', async () => {
    const tutor = s.person();
    await s.publish(tutor, twoLessons);
    const first = await ask(tutor, here);
    const etag = first.headers.get('etag')!;
    expect(etag).toMatch(/^"[\w-]{20,}"$/);
    expect(first.headers.get('cache-control')).toBe('private, no-cache');
    const read = async (known: string, query = '') => {
      const answer = await ask(tutor, here, query, { 'if-none-match': known });
      return [answer.status, (await answer.text()).length > 0];
    };
    expect(await read(etag)).toEqual([304, false]);
    expect(await read(`"other", W/${etag}`)).toEqual([304, false]);
    expect(await read('*')).toEqual([304, false]);
    expect(await read('"other"')).toEqual([200, true]);
    expect(await read(etag, 'timezone=Asia/Tokyo')).toEqual([200, true]);
    const [noon] = await s.listed(tutor);
    await hold(noon!.id, here);
    expect(await read(etag)).toEqual([200, true]);
  });

  it('keeps to the tutor’s caps, also over several pages', async () => {
    const tutor = s.person();
    const day = (n: number) => [9, 11, 13, 15].map((hour) => at(n, hour));
    const terms = { maximum_lessons_per_day: 2, timezone: 'UTC' };
    await s.publish(tutor, { starts: [...day(5), ...day(6)], terms });
    const [first, , third] = await s.slotsOf(tutor);
    await s.book(first!);
    expect(await starts(tutor, there, 'limit=5')).toEqual([at(5, 11), at(5, 13), at(5, 15), at(6, 9), at(6, 11)]);
    await s.book(third!);
    await until('both have heard', async () => (await starts(tutor, there, 'limit=3'))[0] === at(6, 9));
    expect(await starts(tutor, there, 'limit=3')).toEqual(day(6).slice(0, 3));
    expect(await starts(tutor, there, `limit=3&cursor=${at(6, 13)}`)).toEqual([at(6, 15)]);
  });

  it('never shows a slot that this replica knows to be taken, however many ask meanwhile', async () => {
    const tutor = s.person();
    const all = Array.from({ length: 12 }, (_, i) => at(7, 6 + i));
    await s.publish(tutor, { starts: all });
    for (const slot of await s.listed(tutor)) {
      const asking = Array.from({ length: 4 }, () => starts(tutor));
      const held = hold(slot.id, here);
      await Promise.all(asking);
      await held;
      expect(await starts(tutor)).not.toContain(slot.startAt.toISOString());
    }
  });
});
