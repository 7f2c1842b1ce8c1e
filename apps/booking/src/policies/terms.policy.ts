import type { CancelPolicy } from '../bookings/cancel.policy.ts';

/** Everything that a policy says, as it is stored and shown. */
export type PolicyTerms = Required<Omit<CancelPolicy, 'policy_id' | 'version'>>;

/** How often a student may move a lesson whose policy does not say. */
const RESCHEDULES = 3;

/** The whole of what a booking's copy says: one of before refunded all or nothing, and lessons moved as long as they were free. */
export const termsOf = (copy: CancelPolicy): PolicyTerms => ({
  full_refund_until_minutes: copy.full_refund_until_minutes,
  partial_refund_until_minutes: copy.partial_refund_until_minutes ?? 0,
  partial_refund_percent: copy.partial_refund_percent ?? 0,
  reschedule_until_minutes: copy.reschedule_until_minutes ?? copy.full_refund_until_minutes,
  maximum_reschedules: copy.maximum_reschedules ?? RESCHEDULES,
  student_no_show_refund_percent: copy.student_no_show_refund_percent ?? 0,
});

/** So many percent of a price, in whole units of the smallest kind: half of one goes to the student. */
export const shareOf = (cents: number, percent: number): number => Math.round((cents * percent) / 100);
