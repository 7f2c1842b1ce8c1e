import { Injectable } from '@nestjs/common';
import type { UserChanged } from '@scheduling/contracts';
import type { Tx } from '@scheduling/persistence';
import { upsertRecipient } from './recipients.store.ts';

@Injectable()
export class RecipientsService {
  /** Keeps what was said of a person, unless something newer is known. */
  async keep(tx: Tx, changed: UserChanged): Promise<void> {
    await upsertRecipient(tx, changed);
  }
}
