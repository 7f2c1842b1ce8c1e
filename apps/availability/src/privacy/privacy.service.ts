import { Injectable } from '@nestjs/common';
import { AvailabilityExportPart, type ExportRequested, type UserErased } from '@scheduling/contracts';
import { forgetPerson, lockPeople, type Tx } from '@scheduling/persistence';
import { answerExport } from '@scheduling/service-kit';
import { PublishService } from '../openings/publish.service.ts';
import { forgetTeaching, hasPublished, keptOf } from './privacy.store.ts';

@Injectable()
export class PrivacyService {
  constructor(private readonly publishing: PublishService) {}

  /** Lets a person go: whoever taught offers nothing any more. */
  async erase(tx: Tx, { user_id: person }: UserErased): Promise<void> {
    await lockPeople(tx, [person]);
    await forgetTeaching(tx, person);
    await forgetPerson(tx, person);
    if (await hasPublished(tx, person)) await this.publishing.publish(tx, person);
  }

  /** Answers a person's request for a copy. */
  async export(tx: Tx, asked: ExportRequested): Promise<void> {
    await answerExport(tx, asked, await keptOf(tx, asked.user_id), (piece) => AvailabilityExportPart.of(piece));
  }
}
