import { Injectable } from '@nestjs/common';
import type { PersonId } from '@scheduling/domain';
import { audit, Database, lockPeople, type Tx } from '@scheduling/persistence';
import { BusyService } from '../busy/busy.service.ts';
import { LessonEventsService } from '../lessons/lesson-events.service.ts';
import { CalendarNotFound, CalendarNotWritable } from './calendars.errors.ts';
import { type Calendar, calendarsOf, chooseCalendar } from './calendars.store.ts';

/** What a calendar shall be for from now on; what is not named stays. */
export interface Choice {
  readonly busy?: boolean;
  readonly write?: boolean;
}

@Injectable()
export class CalendarsService {
  constructor(
    private readonly db: Database,
    private readonly busy: BusyService,
    private readonly lessons: LessonEventsService,
  ) {}

  /** The calendars of a person, the primary first; none while nothing is connected. */
  list(person: PersonId): Promise<Calendar[]> {
    return this.db.transaction((tx) => calendarsOf(tx, person));
  }

  /** Sets whether a calendar takes its person's time, and whether it receives their lessons, which leave any other. */
  choose(person: PersonId, calendarId: string, choice: Choice): Promise<Calendar> {
    return this.db.transaction((tx) => this.chooseIn(tx, person, calendarId, choice));
  }

  private async chooseIn(tx: Tx, person: PersonId, calendarId: string, { busy, write }: Choice): Promise<Calendar> {
    await lockPeople(tx, [person]);
    const found = (await calendarsOf(tx, person)).find((one) => one.calendarId === calendarId);
    if (!found) throw new CalendarNotFound();
    const chosen = { ...found, isBusy: busy ?? found.isBusy, isWritten: write ?? found.isWritten };
    if (chosen.isWritten && !['writer', 'owner'].includes(found.accessRole))
      throw new CalendarNotWritable(found.accessRole);
    if (chosen.isBusy === found.isBusy && chosen.isWritten === found.isWritten) return found;
    await chooseCalendar(tx, found, chosen);
    // Google's id of a calendar is somebody's address.
    audit(tx, { action: 'CalendarChosen', subject: ['person', person] });
    if (chosen.isBusy !== found.isBusy) await this.busy.restate(tx, person);
    if (chosen.isWritten !== found.isWritten) await this.lessons.replan(tx, person);
    return chosen;
  }
}
