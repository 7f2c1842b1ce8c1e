import { PlansService } from '../src/plans/plans.service.ts';
import { SubscriptionsService } from '../src/subscriptions/subscriptions.service.ts';
import { ACTS_OF_CARDS } from './model/acts-of-cards.ts';
import { ACTS_OF_LINES } from './model/acts-of-lines.ts';
import { ACTS } from './model/acts.ts';
import { type Crowd, gather, rushOf } from './model/crowd.ts';
import { calm } from './model/calm.ts';
import { sizeOf } from './model/sizes.ts';
import { type PaymentsScenario, paymentsScenario } from './payments.scenario.ts';
import { unsound } from './soundness.ts';

/** `npm run prove -- --only model` asks for more. */
const TIMES = sizeOf('CROWD_TIMES', 60);
const SEED = sizeOf('MODEL_SEED', 20_261_123);

describe('32 clients at once', () => {
  let s: PaymentsScenario;
  const retries = new Map<string, number>();
  beforeAll(async () => {
    s = await paymentsScenario();
    s.db.onRetry((sqlState) => retries.set(sqlState, (retries.get(sqlState) ?? 0) + 1));
  });
  afterAll(() => s.close());

  it('leave tables and books in which everything is as it must be, and are never told to try again', async () => {
    const crowd = await gather(s, { tutors: 6, students: 24 });
    await subscribeAll(crowd);
    const requests = (['status', 'reset', 'drop_reply'] as const).map((kind) => ({ kind, share: 0.04, status: 500 }));
    s.double.setFaults({ seed: SEED, requests });
    await rushOf(crowd, [...ACTS, ...ACTS_OF_CARDS, ...ACTS_OF_LINES], { clients: 32, times: TIMES, seed: SEED });
    await calm(s);

    const counts = [...crowd.ends].toSorted().map(([end, times]) => `${end} ${times}`);
    process.stdout.write(`32 clients × ${TIMES} from seed ${SEED}: ${counts.join(', ')}\n`);
    process.stdout.write(`transactions that ran again: ${JSON.stringify(Object.fromEntries(retries))}\n`);
    expect({ broken: crowd.broken, unsound: await unsound(s.source) }).toEqual({ broken: [], unsound: {} });
    await s.expectBooksToAgree();
  }, 580_000);

  async function subscribeAll({ students }: Crowd): Promise<void> {
    const admin = s.person();
    const price = { cents: 9000, currency: 'USD' };
    const plan = { name: 'Five', period: 'week', lessonsPerPeriod: 5, price, stripePriceId: null } as const;
    const { id: planId } = await s.get(PlansService).make(plan, admin, s.unnamed(admin));
    for (const studentId of students) {
      const wish = { studentId, planId, startsAt: null, stripeId: null };
      await s.get(SubscriptionsService).subscribe(wish, admin, s.unnamed(admin));
    }
  }
});
