import { Injectable } from '@nestjs/common';
import type { UserChanged } from '@scheduling/contracts';
import type { Tx } from '@scheduling/persistence';
import { upsertPerson } from './people.store.ts';

@Injectable()
export class PeopleService {
  /** Keeps what was said of a person, unless something newer is known. */
  async keep(tx: Tx, changed: UserChanged): Promise<void> {
    await upsertPerson(tx, changed);
  }
}
