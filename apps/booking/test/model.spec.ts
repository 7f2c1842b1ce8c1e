import { calm } from './model/calm.ts';
import { compare } from './model/compare.ts';
import { sizeOf } from './model/sizes.ts';
import { type PaymentsScenario, paymentsScenario } from './payments.scenario.ts';
import { unsound } from './soundness.ts';

/** `npm run prove -- --only model` asks for more of them, from another seed. */
const OPERATIONS = sizeOf('MODEL_OPERATIONS', 3000);
const SEED = sizeOf('MODEL_SEED', 20_261_123);
const SECONDS = sizeOf('MODEL_SECONDS', 90);

describe('the service', () => {
  let s: PaymentsScenario;
  beforeAll(async () => {
    s = await paymentsScenario();
  });
  afterAll(() => s.close());

  it(
    'answers every operation as a simple model does',
    async () => {
      const { operations, ends } = await compare(s, {
        seed: SEED,
        operations: OPERATIONS,
        until: Date.now() + SECONDS * 1000,
      });
      const counts = [...ends].toSorted().map(([end, times]) => `${end} ${times}`);
      process.stdout.write(`${operations} operations from seed ${SEED}: ${counts.join(', ')}\n`);
      expect(operations).toBeGreaterThanOrEqual(OPERATIONS);
      await calm(s);
      expect(await unsound(s.source)).toEqual({});
      await s.expectBooksToAgree();
    },
    (SECONDS + 120) * 1000,
  );
});
