import { newId, type PersonId } from '@scheduling/domain';
import { type Asker, type Door, openDoor } from './lifecycle.http.ts';
import { type Subscriptions, subscriptions } from './subscriptions.scenario.ts';

const admin: Asker = { id: newId<PersonId>(), roles: ['admin'] };
const PLAN = { name: 'Four a month', lessons_per_period: 4, period: 'month', price_cents: 8000, currency: 'USD' };

describe('plans and subscriptions over HTTP', () => {
  let s: Subscriptions;
  let door: Door;
  beforeAll(async () => {
    s = await subscriptions();
    door = await openDoor(s);
  });
  afterAll(async () => {
    await door.close();
    await s.close();
  });

  const student = (): Asker => ({ id: newId<PersonId>() });
  const make = async (plan: object = {}) => (await door.call('POST', '/plans', admin, { ...PLAN, ...plan })).body;

  it('shows everyone what can be had, and admins all, page by page', async () => {
    const made = await door.call('POST', '/plans', admin, { ...PLAN, name: 'A', stripe_price_id: 'price_a' });
    expect(made).toMatchObject({ status: 201, body: { ...PLAN, name: 'A', stripe_price_id: 'price_a', active: true } });
    await make({ name: 'B' });
    const { plan_id } = await make({ name: 'C' });
    const changed = await door.call('PATCH', `/plans/${plan_id}`, admin, { active: false, lessons_per_period: 5 });
    expect(changed).toMatchObject({ status: 200, body: { ...PLAN, name: 'C', lessons_per_period: 5, active: false } });

    const namesFor = async (who: Asker, query = '') =>
      (await door.call('GET', `/plans${query}`, who)).body.items.map(({ name }: { name: string }) => name);
    expect(await namesFor(student())).toEqual(['A', 'B']);
    expect(await namesFor(admin)).toEqual(['A', 'B', 'C']);
    const first = await door.call('GET', '/plans?limit=2', admin);
    expect(first.body.items).toHaveLength(2);
    expect(await namesFor(admin, `?limit=2&cursor=${first.body.next_cursor}`)).toEqual(['C']);
  });

  it('changes only what is named, and forgets a price of Stripe where null is', async () => {
    const plan = await make({ stripe_price_id: 'price_changed' });
    const path = `/plans/${plan.plan_id}`;
    expect((await door.call('PATCH', path, admin, {})).body).toEqual(plan);
    const changed = { name: 'Other', price_cents: 0, currency: 'EUR', stripe_price_id: null };
    expect((await door.call('PATCH', path, admin, changed)).body).toEqual({ ...plan, ...changed });
    expect(await door.call('PATCH', `/plans/${newId()}`, admin, {})).toMatchObject({
      status: 404,
      body: { code: 'plan_not_found' },
    });
  });

  it('has one plan for a price of Stripe', async () => {
    await make({ stripe_price_id: 'price_once' });
    const again = await door.call('POST', '/plans', admin, { ...PLAN, stripe_price_id: 'price_once' });
    expect(again).toMatchObject({ status: 409, body: { code: 'stripe_price_taken' } });
    const { plan_id } = await make();
    const moved = await door.call('PATCH', `/plans/${plan_id}`, admin, { stripe_price_id: 'price_once' });
    expect(moved).toMatchObject({ status: 409, body: { code: 'stripe_price_taken' } });
  });

  it.each<[string, object, string]>([
    ['no name', { name: '' }, 'name'],
    ['no lessons', { lessons_per_period: 0 }, 'lessons_per_period'],
    ['half a lesson', { lessons_per_period: 0.5 }, 'lessons_per_period'],
    ['a year', { period: 'year' }, 'period'],
    ['a price below zero', { price_cents: -1 }, 'price_cents'],
    ['a currency that is none', { currency: 'usd' }, 'currency'],
    ['no word of Stripe', { stripe_price_id: null }, 'stripe_price_id'],
  ])('refuses a plan with %s', async (_, change, field) => {
    const refused = await door.call('POST', '/plans', admin, { ...PLAN, ...change });
    expect([refused.status, Object.keys(refused.body.fields)]).toEqual([400, [field]]);
  });

  it.each<[string, object]>([
    ['a name of null', { name: null }],
    ['another length', { period: 'week' }],
  ])('refuses to change a plan to %s', async (_, change) => {
    const { plan_id } = await make();
    expect(await door.call('PATCH', `/plans/${plan_id}`, admin, change)).toMatchObject({ status: 400 });
  });

  it('subscribes a student, who then sees what is left, and nobody else does', async () => {
    const [{ plan_id }, me] = [await make(), student()];
    const asked = { student_id: me.id, plan_id };
    const { status, body } = await door.call('POST', '/subscriptions', admin, asked);
    const period = {
      starts_at: '2030-03-01T09:00:00.000Z',
      ends_at: '2030-04-01T09:00:00.000Z',
      allowance: 4,
      used: 0,
      left: 4,
    };
    expect([status, body]).toEqual([
      201,
      {
        ...asked,
        subscription_id: expect.any(String),
        plan_name: PLAN.name,
        status: 'active',
        starts_at: period.starts_at,
        ends_at: null,
        stripe_subscription_id: null,
        period,
      },
    ]);
    await door.call('POST', '/subscriptions', admin, { ...asked, starts_at: '2030-05-01T02:00:00+02:00' });

    const first = await door.call('GET', '/subscriptions?limit=1', me);
    expect(first.body.items).toMatchObject([
      { status: 'upcoming', starts_at: '2030-05-01T00:00:00.000Z', period: null },
    ]);
    const rest = await door.call('GET', `/subscriptions?limit=1&cursor=${first.body.next_cursor}`, me);
    expect(rest.body).toEqual({ items: [body], next_cursor: null });
    expect((await door.call('GET', '/subscriptions', student())).body.items).toEqual([]);

    const canceled = await door.call('POST', `/subscriptions/${body.subscription_id}/cancel`, admin, {});
    expect(canceled).toMatchObject({ status: 200, body: { status: 'ending', ends_at: period.ends_at } });
  });

  it('pays for a lesson that is confirmed with it', async () => {
    const [{ plan_id }, me, slot_id] = [await make({ lessons_per_period: 1 }), student(), await s.lesson()];
    const confirm = () => door.call('POST', '/booking/confirm', me, { slot_id, payment_method: 'subscription' });
    await s.hold(me.id, slot_id);
    expect(await confirm()).toMatchObject({ status: 409, body: { code: 'no_subscription' } });
    await door.call('POST', '/subscriptions', admin, { student_id: me.id, plan_id });
    const booking = { slot_id, status: 'confirmed', payment_method: 'subscription', price_cents: 2500, version: 1 };
    expect(await confirm()).toMatchObject({ status: 201, body: booking });
    expect(await confirm()).toMatchObject({ status: 200, body: booking });
    expect((await door.call('GET', '/subscriptions', me)).body.items).toMatchObject([{ period: { used: 1, left: 0 } }]);
  });

  it.each<[string, object, number, string]>([
    ['a plan that there is not', { plan_id: newId() }, 404, 'plan_not_found'],
    ['a student who is none', { student_id: 'me' }, 400, 'malformed_request'],
    ['a start without a zone', { starts_at: '2030-03-01' }, 400, 'malformed_request'],
    [
      'a start beside Stripe’s own',
      { starts_at: '2030-03-01T00:00:00Z', stripe_subscription_id: 'sub_1' },
      400,
      'malformed_request',
    ],
  ])('refuses to subscribe with %s', async (_, change, status, code) => {
    const { plan_id } = await make();
    const asked = { student_id: newId(), plan_id, ...change };
    expect(await door.call('POST', '/subscriptions', admin, asked)).toMatchObject({ status, body: { code } });
  });

  it.each<[string, string]>([
    ['POST', '/plans'],
    ['PATCH', `/plans/${newId()}`],
    ['POST', '/subscriptions'],
    ['POST', `/subscriptions/${newId()}/cancel`],
  ])('leaves %s %s to admins', async (method, path) => {
    expect(await door.call(method, path, student(), {})).toMatchObject({ status: 403, body: { code: 'role_missing' } });
  });

  it('says that there is no such subscription', async () => {
    const refused = await door.call('POST', `/subscriptions/${newId()}/cancel`, admin, {});
    expect(refused).toMatchObject({ status: 404, body: { code: 'subscription_not_found' } });
  });
});
