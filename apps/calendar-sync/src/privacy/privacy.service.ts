import { Injectable } from '@nestjs/common';
import { CalendarExportPart, type ExportRequested, type UserErased } from '@scheduling/contracts';
import { forgetPerson, lockPeople, type Tx } from '@scheduling/persistence';
import { answerExport } from '@scheduling/service-kit';
import { BusyService } from '../busy/busy.service.ts';
import { DisconnectService } from '../connections/disconnect.service.ts';
import { erasePerson, forgetCalendarsOf, keptOf } from './privacy.store.ts';

@Injectable()
export class PrivacyService {
  constructor(
    private readonly disconnecting: DisconnectService,
    private readonly busy: BusyService,
  ) {}

  /** Lets a person go: their calendars are disconnected, and the grant is given back to Google by the minute's work. */
  async erase(tx: Tx, { user_id: person, version }: UserErased): Promise<void> {
    await lockPeople(tx, [person]);
    const wasBusy = await forgetCalendarsOf(tx, person);
    await this.disconnecting.forget(tx, person);
    // What was last stated may still be on its way: it would outlive the person with whoever hears it last.
    if (wasBusy) await this.busy.restate(tx, person);
    await erasePerson(tx, person, version);
    await forgetPerson(tx, person);
  }

  /** Answers a person's request for a copy. */
  async export(tx: Tx, asked: ExportRequested): Promise<void> {
    await answerExport(tx, asked, await keptOf(tx, asked.user_id), (piece) => CalendarExportPart.of(piece));
  }
}
