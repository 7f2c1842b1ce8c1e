import { PoliciesService } from '../../src/policies/policies.service.ts';
import type { PaymentsScenario } from '../payments.scenario.ts';
import type { ModelPolicy } from './world.ts';

const plain = (id: string | null, fullUntil: number): ModelPolicy => ({
  id,
  fullUntil,
  partialUntil: 0,
  percent: 0,
  moveUntil: fullUntil,
  moves: 3,
  noShowPercent: 0,
});

/** The policies that tutors of these stories name: those that came with the service, one that is none, and two of an admin's. */
export async function policiesOf(s: PaymentsScenario): Promise<ModelPolicy[]> {
  const own = [
    { ...plain(null, 2880), partialUntil: 120, percent: 33, moveUntil: 60, moves: 1, noShowPercent: 25 },
    { ...plain(null, 600), partialUntil: 0, percent: 50, moveUntil: 0, moves: 1000 },
  ];
  for (const [i, policy] of own.entries()) policy.id = await make(s, `model ${i}`, policy);
  return [
    plain(null, 1440),
    plain('0b6f0a52-7c1e-4d0b-9a55-3a1c5d1f7e01', 720),
    plain('0b6f0a52-7c1e-4d0b-9a55-3a1c5d1f7e03', 2880),
    plain('0b6f0a52-7c1e-4d0b-9a55-3a1c5d1f7eff', 1440),
    ...own,
  ];
}

async function make(s: PaymentsScenario, name: string, policy: ModelPolicy): Promise<string> {
  const terms = {
    full_refund_until_minutes: policy.fullUntil,
    partial_refund_until_minutes: policy.partialUntil,
    partial_refund_percent: policy.percent,
    reschedule_until_minutes: policy.moveUntil,
    maximum_reschedules: policy.moves,
    student_no_show_refund_percent: policy.noShowPercent,
  };
  const admin = s.person();
  return (await s.get(PoliciesService).make({ name, terms }, admin, s.unnamed(admin))).id;
}
