import { newId, type PersonId } from '@scheduling/domain';
import type { Repeatable } from '@scheduling/persistence';
import { rush } from '@scheduling/testing';
import { NotEnoughCredit } from '../src/credits/credits.errors.ts';
import { CreditsService } from '../src/credits/credits.service.ts';
import { type Asker, type Door, openDoor } from './lifecycle.http.ts';
import { type Scenario, scenario } from './scenario.ts';

const admin: Asker = { id: newId<PersonId>(), roles: ['admin'] };

describe('credits', () => {
  let s: Scenario;
  let door: Door;
  beforeAll(async () => {
    s = await scenario();
    door = await openDoor(s);
  });
  afterAll(async () => {
    await door.close();
    await s.end();
  });

  const correct = (of: PersonId, cents: number, request: Repeatable = s.unnamed(admin.id), currency = 'USD') =>
    s.get(CreditsService).correct({ of, change: { cents, currency }, reason: 'mistyped', by: admin.id }, request);
  const statement = async (who: PersonId, query = '') =>
    (await door.call('GET', `/credits/statement${query}`, { id: who })).body;
  /** Every balance that is not the sum of its transfers. */
  const wrong = (): Promise<unknown[]> =>
    s.source.query(`
      with moves as (select credit_account as account, amount_cents as cents, currency from transfers
                     union all select debit_account, -amount_cents, currency from transfers)
      select b.* from balances b
       where b.balance_cents <> (select coalesce(sum(cents), 0) from moves m
                                  where m.account = 'student:' || b.person_id and m.currency = b.currency)`);

  it('are put right by more and by less, by currency', async () => {
    const me = s.person();
    expect(await correct(me, 500)).toEqual({ cents: 500, currency: 'USD' });
    expect(await correct(me, -200)).toEqual({ cents: 300, currency: 'USD' });
    expect(await correct(me, 70, s.unnamed(admin.id), 'EUR')).toEqual({ cents: 70, currency: 'EUR' });
    expect([await s.balance(me, 'USD'), await wrong()]).toEqual([300, []]);
  });

  it('never fall below zero by a correction, and stay as they are then', async () => {
    const me = s.person();
    await s.grant(me, 500);
    const refusal = expect.objectContaining({ facts: { needed_cents: 501, balance_cents: 500, currency: 'USD' } });
    await expect(correct(me, -501)).rejects.toThrow(NotEnoughCredit);
    await expect(correct(me, -501)).rejects.toEqual(refusal);
    await expect(correct(s.person(), -1)).rejects.toThrow(NotEnoughCredit);
    expect([await s.balance(me), (await statement(me)).items.length]).toEqual([500, 1]);
  });

  it('are put right once for one key', async () => {
    const [me, request] = [s.person(), { personId: admin.id, key: 'once', content: 'a' }];
    expect([await correct(me, 500, request), await correct(me, 500, request)]).toMatchObject([
      { cents: 500 },
      { cents: 500 },
    ]);
    expect(await s.balance(me)).toBe(500);
  });

  it('are taken back no more often than they are there, by many at once', async () => {
    const me = s.person();
    await s.grant(me, 500);
    const { won, refusals } = await rush(12, () => correct(me, -100));
    expect([won.length, refusals.every((refusal) => refusal instanceof NotEnoughCredit)]).toEqual([5, true]);
    expect([await s.balance(me), await wrong()]).toEqual([0, []]);
  });

  it('tell all that changed them, the newest first, to whom they belong', async () => {
    const me = s.person();
    const booking = await s.book(await s.slot({ starts: ['2030-06-01T12:00:00.000Z'] }), me);
    await s.cancel(me, booking.id);
    await correct(me, -300);

    const { items, next_cursor } = await statement(me);

    const money = items.map((item: Record<string, unknown>) => [
      item['kind'],
      item['amount_cents'],
      item['booking_id'],
      item['reason'],
    ]);
    expect(money).toEqual([
      ['correction', -300, null, 'mistyped'],
      ['refund', 2500, booking.id, null],
      ['payment', -2500, booking.id, null],
      ['grant', 10_000, null, 'test'],
    ]);
    expect(items[0]).toMatchObject({
      transfer_id: expect.any(Number),
      currency: 'USD',
      made_at: s.clock.now().toISOString(),
    });
    expect(next_cursor).toBeNull();
    expect((await statement(booking.tutorId)).items).toEqual([]);
  });

  it('tell it page by page, each change once', async () => {
    const me = s.person();
    for (let cents = 1; cents <= 7; cents++) await (cents % 2 ? s.grant(me, cents) : correct(me, -1));
    const seen: number[] = [];
    for (let query = '?limit=3'; ;) {
      const { items, next_cursor } = await statement(me, query);
      seen.push(...items.map((item: { amount_cents: number }) => item.amount_cents));
      if (next_cursor === null) break;
      query = `?limit=3&cursor=${next_cursor}`;
    }
    expect(seen).toEqual([7, -1, 5, -1, 3, -1, 1]);
  });

  it('are put right over HTTP by admins alone, by something, and for a reason', async () => {
    const [me, body] = [s.person(), { amount_cents: 100, currency: 'USD', reason: 'mistyped' }];
    const asked = async (change: object, who = admin) =>
      door.call('POST', '/credits/corrections', who, { user_id: me, ...body, ...change });
    expect(await asked({})).toMatchObject({ status: 201, body: { balance_cents: 100, currency: 'USD' } });
    expect(await asked({ amount_cents: -101 })).toMatchObject({ status: 409, body: { code: 'not_enough_credit' } });
    expect(await asked({}, { id: me })).toMatchObject({ status: 403 });
    for (const bad of [
      { amount_cents: 0 },
      { amount_cents: 0.5 },
      { amount_cents: '1' },
      { reason: '' },
      { currency: 'usd' },
    ]) {
      expect(await asked(bad)).toMatchObject({ status: 400, body: { code: 'malformed_request' } });
    }
    for (const query of ['?cursor=0', '?cursor=x', '?cursor=9007199254740993', '?limit=101']) {
      expect((await door.ask('GET', `/credits/statement${query}`, { id: me })).status).toBe(400);
    }
  });
});
