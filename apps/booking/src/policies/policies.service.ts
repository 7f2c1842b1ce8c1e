import { Injectable } from '@nestjs/common';
import { Database } from '@scheduling/persistence';
import { listPolicies, type Policy } from './policies.store.ts';

@Injectable()
export class PoliciesService {
  constructor(private readonly db: Database) {}

  /** All cancellation policies, the most generous first. */
  list(): Promise<Policy[]> {
    return this.db.transaction(listPolicies);
  }
}
