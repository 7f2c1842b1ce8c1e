import { Injectable } from '@nestjs/common';
import type { PersonId } from '@scheduling/domain';
import { Database } from '@scheduling/persistence';
import { type Repair, repairsOf, type Status, statusOf } from './status.store.ts';

const REPAIRS = 20;

/** A connection, and what was repaired of late. */
export interface StatusReport {
  readonly status: Status | undefined;
  readonly repairs: readonly Repair[];
}

@Injectable()
export class StatusService {
  constructor(private readonly db: Database) {}

  /** How a person's connection is doing. */
  show(person: PersonId): Promise<StatusReport> {
    return this.db.transaction(async (tx) => ({
      status: await statusOf(tx, person),
      repairs: await repairsOf(tx, person, REPAIRS),
    }));
  }
}
