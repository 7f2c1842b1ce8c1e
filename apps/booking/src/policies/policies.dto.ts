import { Count, Flag, ListOf, Nullable, Text, Uuid } from '@scheduling/contracts';
import type { Policy } from './policies.store.ts';

export class PolicyView {
  /** What a tutor's settings name as `cancellation_policy_id`. */
  @Uuid() readonly cancellation_policy_id!: string;
  /** What people call it. */
  @Text(1, 60) readonly name!: string;
  /** A student's cancellation refunds in full until so many minutes before the start, and nothing after. */
  @Count(0, 525_600) readonly full_refund_until_minutes!: number;
  /** Whether it stands for tutors who name none. */
  @Flag() readonly is_default!: boolean;

  /** Shows a policy. */
  static of({ id, name, fullRefundUntilMinutes, isDefault }: Policy): PolicyView {
    return {
      cancellation_policy_id: id,
      name,
      full_refund_until_minutes: fullRefundUntilMinutes,
      is_default: isDefault,
    };
  }
}

export class PolicyList {
  /** The most generous first. */
  @ListOf(() => PolicyView, 100) readonly items!: PolicyView[];
  /** Always null: there is one page. */
  @Nullable() @Text(1, 200) readonly next_cursor!: string | null;

  /** Shows all policies. */
  static of(policies: readonly Policy[]): PolicyList {
    return { items: policies.map(PolicyView.of), next_cursor: null };
  }
}
