import { Count, Flag, ListOf, Nullable, Text, Uuid } from '@scheduling/contracts';
import type { Policy } from './policies.store.ts';
import type { PolicyTerms } from './terms.policy.ts';

const A_YEAR = 525_600;

export class PolicyWording {
  /** What people call it; no two have the same name. */
  @Text(1, 60) readonly name!: string;
  /** A student's cancellation refunds in full until so many minutes before the start. */
  @Count(0, A_YEAR) readonly full_refund_until_minutes!: number;
  /** It refunds a part until so many minutes before the start, and nothing after; no more than for the whole. */
  @Count(0, A_YEAR) readonly partial_refund_until_minutes!: number;
  /** How large that part is. */
  @Count(0, 100) readonly partial_refund_percent!: number;
  /** A student may move the lesson until so many minutes before the start. */
  @Count(0, A_YEAR) readonly reschedule_until_minutes!: number;
  /** A student may move it while it has been moved fewer times than this. */
  @Count(0, 1000) readonly maximum_reschedules!: number;
  /** What a student who did not come gets back. */
  @Count(0, 100) readonly student_no_show_refund_percent!: number;
}

/** The terms of a policy, apart from its name. */
export const wordingOf = ({ name, ...terms }: PolicyWording): { name: string; terms: PolicyTerms } => ({ name, terms });

export class PolicyView extends PolicyWording {
  /** What a tutor's settings name as `cancellation_policy_id`. */
  @Uuid() readonly cancellation_policy_id!: string;
  /** Grows with each change; a booking keeps the version that it was held by. */
  @Count(1, 2_147_483_647) readonly version!: number;
  /** Whether it stands for tutors who name none. */
  @Flag() readonly is_default!: boolean;

  /** Shows a policy. */
  static of({ id, version, name, isDefault, terms }: Policy): PolicyView {
    return { cancellation_policy_id: id, version, name, is_default: isDefault, ...terms };
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
