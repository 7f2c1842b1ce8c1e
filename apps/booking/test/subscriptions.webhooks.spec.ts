import type { PlanId } from '@scheduling/domain';
import { PlansService } from '../src/plans/plans.service.ts';
import { SubscriptionView } from '../src/subscriptions/subscriptions.dto.ts';
import { SubscriptionsService } from '../src/subscriptions/subscriptions.service.ts';
import { type PaymentsScenario, paymentsScenario } from './payments.scenario.ts';

describe('the webhooks of Stripe about a subscription', () => {
  let s: PaymentsScenario;
  let planId: PlanId;
  beforeEach(async () => {
    s = await paymentsScenario();
    const admin = s.person();
    const price = { cents: 4000, currency: 'USD' };
    const terms = { name: 'Ten', period: 'month' as const, lessonsPerPeriod: 10, price, stripePriceId: 'price_ten' };
    planId = (await s.get(PlansService).make(terms, admin, s.unnamed(admin))).id;
  });
  afterEach(() => s.close());

  const subscribe = async (stripeId: string) => {
    const wish = { studentId: s.person(), planId, startsAt: null, stripeId };
    return SubscriptionView.of(await s.get(SubscriptionsService).subscribe(wish, s.person(), s.unnamed(s.person())));
  };
  const periods = (id: string): Promise<{ from: number; until: number; allowance: number }[]> =>
    s.source.query(
      `select extract(epoch from starts_at)::int as from, extract(epoch from ends_at)::int as until, allowance
         from subscription_periods where subscription_id = $1 order by starts_at`,
      [id],
    );
  const spanOf = ({ items }: ReturnType<typeof s.double.renew>, allowance = 10) => {
    const { current_period_start: from, current_period_end: until } = items.data[0]!;
    return { from, until, allowance };
  };

  it.each(['before', 'after'])(
    'give its student the lessons that were paid for %s we are told of it, also backwards and twice',
    async (order) => {
      const first = s.double.subscribe({ amount: 4000, currency: 'usd', price: 'price_ten' });
      const known = order === 'after' ? await subscribe(first.id) : null;
      const second = s.double.renew(first.id);
      const unpaid = s.double.renew(first.id, false);
      s.double.unsubscribe(first.id);
      expect(await s.hear((events) => [...events.toReversed(), ...events])).toContain('invoice.paid');

      const { subscription_id } = known ?? (await subscribe(first.id));
      expect(await periods(subscription_id)).toEqual([spanOf(first), spanOf(second)]);
      const [row] = await s.source.query('select ends_at from subscriptions where id = $1', [subscription_id]);
      expect(row.ends_at).toBeInstanceOf(Date);
      expect(spanOf(unpaid).from).toBe(spanOf(second).until);
    },
  );
});
