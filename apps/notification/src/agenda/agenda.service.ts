import { Injectable } from '@nestjs/common';
import { Database, type Tx } from '@scheduling/persistence';
import { MessagesService } from '../messages/messages.service.ts';
import { dayDue } from './agenda.policy.ts';
import { type Day, tutorsWithout, zonesAsking } from './agenda.store.ts';

@Injectable()
export class AgendaService {
  constructor(
    private readonly db: Database,
    private readonly messages: MessagesService,
  ) {}

  /** Plans the agenda of the day for everybody who asked for it, teaches today, and whose morning has come; answers for how many. */
  async planDue(): Promise<number> {
    const zones = await this.db.transaction((tx) => zonesAsking(tx));
    let planned = 0;
    for (const zone of zones) planned += await this.db.transaction((tx) => this.planZone(tx, zone));
    return planned;
  }

  private async planZone(tx: Tx, zone: string): Promise<number> {
    const due = dayDue(zone, tx.now);
    const tutors = due ? await tutorsWithout(tx, zone, due) : [];
    for (const tutor of tutors) await this.messages.plan(tx, { kind: 'daily_agenda', event: agendaOf(tutor, due!) });
    return tutors.length;
  }
}

/** An agenda as it is planned: which lessons the day holds is looked up when it is said. */
const agendaOf = (tutor: Awaited<ReturnType<typeof tutorsWithout>>[number], { day, from, until }: Day) => ({
  user_id: tutor,
  day,
  from_at: from.toISOString(),
  until_at: until.toISOString(),
  lessons: [],
});
