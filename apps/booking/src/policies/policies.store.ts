import type { Tx } from '@scheduling/persistence';

/** A cancellation policy that a tutor can name in their settings. */
export interface Policy {
  readonly id: string;
  readonly name: string;
  /** A student's cancellation refunds in full until so many minutes before the start, and nothing after. */
  readonly fullRefundUntilMinutes: number;
  /** Whether it stands for tutors who name none. */
  readonly isDefault: boolean;
}

/** All policies, the most generous first. */
export function listPolicies(tx: Tx): Promise<Policy[]> {
  return tx.sql<Policy>`
    select id, name, full_refund_until_minutes as "fullRefundUntilMinutes", is_default as "isDefault"
      from policies order by full_refund_until_minutes, name`;
}
