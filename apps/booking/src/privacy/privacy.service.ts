import { Injectable } from '@nestjs/common';
import { BookingExportPart, type ExportRequested, type UserErased } from '@scheduling/contracts';
import { forgetPerson, type Tx } from '@scheduling/persistence';
import { answerExport } from '@scheduling/service-kit';
import { keptOf, planErasure } from './privacy.store.ts';

@Injectable()
export class PrivacyService {
  /** Has all that a person has begun ended, one thing after the other; what nobody needs any more goes at once. */
  async erase(tx: Tx, { user_id: person }: UserErased): Promise<void> {
    await planErasure(tx, person);
    await forgetPerson(tx, person);
  }

  /** Answers a person's request for a copy. */
  async export(tx: Tx, asked: ExportRequested): Promise<void> {
    await answerExport(tx, asked, await keptOf(tx, asked.user_id), (piece) => BookingExportPart.of(piece));
  }
}
