import { randomUUID } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { Injectable } from '@nestjs/common';
import type { PersonId } from '@scheduling/domain';
import { audit, Database, once, type Repeatable, violates } from '@scheduling/persistence';
import { PartBeforeWhole, PolicyNameTaken, PolicyNotFound } from './policies.errors.ts';
import { keepPolicy, listPolicies, lockPolicy, type Policy } from './policies.store.ts';
import type { PolicyTerms } from './terms.policy.ts';

/** What an admin wants a policy to say. */
export interface Wording {
  readonly name: string;
  readonly terms: PolicyTerms;
}

@Injectable()
export class PoliciesService {
  constructor(private readonly db: Database) {}

  /** All cancellation policies, the most generous first. */
  list(): Promise<Policy[]> {
    return this.db.transaction(listPolicies);
  }

  /** Makes a policy that tutors can choose from now on. */
  make(wording: Wording, by: PersonId, request: Repeatable): Promise<Policy> {
    const policy = { id: randomUUID(), version: 1, isDefault: false, ...wording };
    return named(wording, () =>
      this.db.transaction((tx) =>
        once(tx, request, async () => {
          await keepPolicy(tx, policy, by);
          audit(tx, { action: 'PolicyMade', subject: ['policy', policy.id] });
          return policy;
        }),
      ),
    );
  }

  /** Makes the next version of a policy, for holds from now on; what it says already changes nothing. */
  change(id: string, wording: Wording, by: PersonId): Promise<Policy> {
    return named(wording, () =>
      this.db.transaction(async (tx) => {
        const policy = await lockPolicy(tx, id);
        if (!policy) throw new PolicyNotFound(id);
        const { name, terms } = policy;
        if (isDeepStrictEqual({ name, terms }, wording)) return policy;
        const changed = { ...policy, ...wording, version: policy.version + 1 };
        await keepPolicy(tx, changed, by);
        audit(tx, { action: 'PolicyChanged', subject: ['policy', id] });
        return changed;
      }),
    );
  }
}

/** Refuses politely what the table refuses. */
async function named({ name, terms }: Wording, keep: () => Promise<Policy>): Promise<Policy> {
  if (terms.partial_refund_until_minutes > terms.full_refund_until_minutes) throw new PartBeforeWhole();
  try {
    return await keep();
  } catch (error) {
    throw violates(error, 'policies_name_key') ? new PolicyNameTaken(name) : error;
  }
}
