import type { PersonId } from '@scheduling/domain';

/** What one of the two people of a lesson can ask of the other. */
export const PROPOSAL_KINDS = ['reschedule', 'cancel'] as const;
export type ProposalKind = (typeof PROPOSAL_KINDS)[number];

/** What can become of a proposal: only the first can be answered. */
export const PROPOSAL_STATUSES = ['open', 'accepted', 'refused', 'expired', 'impossible', 'overtaken'] as const;
export type ProposalStatus = (typeof PROPOSAL_STATUSES)[number];

/** How a proposal ended. */
export interface End {
  readonly outcome: Exclude<ProposalStatus, 'open'>;
  /** Who answered; null where nobody did. */
  readonly by: PersonId | null;
}
