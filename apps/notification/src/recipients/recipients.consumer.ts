import { Controller } from '@nestjs/common';
import { UserChanged } from '@scheduling/contracts';
import { On } from '@scheduling/events';
import type { Tx } from '@scheduling/persistence';
import { RecipientsService } from './recipients.service.ts';

@Controller()
export class RecipientsConsumer {
  constructor(private readonly recipients: RecipientsService) {}

  /** Keeps how a person can be reached. */
  @On(UserChanged, 'notification.recipients')
  keep(tx: Tx, changed: UserChanged): Promise<void> {
    return this.recipients.keep(tx, changed);
  }
}
