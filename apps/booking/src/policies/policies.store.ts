import type { PersonId } from '@scheduling/domain';
import type { Tx } from '@scheduling/persistence';
import type { PolicyTerms } from './terms.policy.ts';

/** A cancellation policy that a tutor can name in their settings. */
export interface Policy {
  readonly id: string;
  /** Grows with each change. */
  readonly version: number;
  readonly name: string;
  /** Whether it stands for tutors who name none. */
  readonly isDefault: boolean;
  readonly terms: PolicyTerms;
}

/** The terms of a policy `p`. */
const TERMS_OF_POLICY = `
  jsonb_build_object(
    'full_refund_until_minutes', p.full_refund_until_minutes,
    'partial_refund_until_minutes', p.partial_refund_until_minutes,
    'partial_refund_percent', p.partial_refund_percent,
    'reschedule_until_minutes', p.reschedule_until_minutes,
    'maximum_reschedules', p.maximum_reschedules,
    'student_no_show_refund_percent', p.student_no_show_refund_percent)`;
/** What a hold keeps of a policy `p`. */
export const COPY_OF_POLICY = `${TERMS_OF_POLICY} || jsonb_build_object('policy_id', p.id, 'version', p.version)`;

const POLICY = `p.id, p.version, p.name, p.is_default as "isDefault", ${TERMS_OF_POLICY} as terms`;

/** All policies, the most generous first. */
export function listPolicies(tx: Tx): Promise<Policy[]> {
  return tx.query<Policy>(`select ${POLICY} from policies p order by full_refund_until_minutes, name`, []);
}

/** A policy, which nobody else changes until the transaction ends. */
export async function lockPolicy(tx: Tx, id: string): Promise<Policy | undefined> {
  const [policy] = await tx.query<Policy>(`select ${POLICY} from policies p where id = $1 for update`, [id]);
  return policy;
}

/** Keeps a policy as its newest version, beside those that it had. */
export async function keepPolicy(tx: Tx, { id, version, name, isDefault, terms }: Policy, by: PersonId): Promise<void> {
  await tx.sql`
    insert into policies (id, version, name, is_default, full_refund_until_minutes, partial_refund_until_minutes,
                          partial_refund_percent, reschedule_until_minutes, maximum_reschedules,
                          student_no_show_refund_percent)
    values (${id}, ${version}, ${name}, ${isDefault}, ${terms.full_refund_until_minutes},
            ${terms.partial_refund_until_minutes}, ${terms.partial_refund_percent}, ${terms.reschedule_until_minutes},
            ${terms.maximum_reschedules}, ${terms.student_no_show_refund_percent})
    on conflict (id) do update
       set version = excluded.version, name = excluded.name,
           full_refund_until_minutes = excluded.full_refund_until_minutes,
           partial_refund_until_minutes = excluded.partial_refund_until_minutes,
           partial_refund_percent = excluded.partial_refund_percent,
           reschedule_until_minutes = excluded.reschedule_until_minutes,
           maximum_reschedules = excluded.maximum_reschedules,
           student_no_show_refund_percent = excluded.student_no_show_refund_percent`;
  await tx.sql`
    insert into policy_versions (policy_id, version, name, terms, made_by, made_at)
    values (${id}, ${version}, ${name}, ${JSON.stringify(terms)}, ${by}, ${tx.now})`;
}
