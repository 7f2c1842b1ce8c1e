import { BookingError, type ProposalId } from '@scheduling/domain';
import type { Proposal } from './proposals.store.ts';

export class ProposalNotFound extends BookingError {
  readonly kind = 'missing';
  readonly code = 'proposal_not_found';

  constructor(id: ProposalId) {
    super('There is no such proposal about this booking.', { proposal_id: id });
  }
}

export class OwnProposal extends BookingError {
  readonly kind = 'forbidden';
  readonly code = 'own_proposal';

  constructor({ id }: Proposal) {
    super('A proposal is answered by the other one of the two.', { proposal_id: id });
  }
}

export class ProposalOver extends BookingError {
  readonly kind = 'conflict';
  readonly code = 'proposal_over';

  constructor({ id, status }: Proposal) {
    super('The proposal can no longer be answered so.', { proposal_id: id, proposal_status: status });
  }
}
