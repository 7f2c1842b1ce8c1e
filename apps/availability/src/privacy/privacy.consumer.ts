import { Controller } from '@nestjs/common';
import { ExportRequested, UserErased } from '@scheduling/contracts';
import { On } from '@scheduling/events';
import type { Tx } from '@scheduling/persistence';
import { PrivacyService } from './privacy.service.ts';

@Controller()
export class PrivacyConsumer {
  constructor(private readonly privacy: PrivacyService) {}

  /** Lets a person go. */
  @On(UserErased, 'availability.privacy')
  erase(tx: Tx, erased: UserErased): Promise<void> {
    return this.privacy.erase(tx, erased);
  }

  /** Answers a request for a copy. */
  @On(ExportRequested, 'availability.privacy')
  export(tx: Tx, asked: ExportRequested): Promise<void> {
    return this.privacy.export(tx, asked);
  }
}
