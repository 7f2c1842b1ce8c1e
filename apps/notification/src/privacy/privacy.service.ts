import { Injectable } from '@nestjs/common';
import { type ExportRequested, NotificationExportPart, type UserErased } from '@scheduling/contracts';
import { forgetPerson, lockPeople, type Tx } from '@scheduling/persistence';
import { answerExport } from '@scheduling/service-kit';
import { eraseRecipient, forgetTold, forgetWays, keptOf } from './privacy.store.ts';

@Injectable()
export class PrivacyService {
  /** Lets a person go; what is still to be told to the others is told without their name. */
  async erase(tx: Tx, { user_id: person, version }: UserErased): Promise<void> {
    await lockPeople(tx, [person]);
    await eraseRecipient(tx, person, version);
    await forgetWays(tx, person);
    await forgetTold(tx, person);
    await forgetPerson(tx, person);
  }

  /** Answers a person's request for a copy. */
  async export(tx: Tx, asked: ExportRequested): Promise<void> {
    await answerExport(tx, asked, await keptOf(tx, asked.user_id), (piece) => NotificationExportPart.of(piece));
  }
}
