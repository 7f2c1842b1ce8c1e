import { Injectable } from '@nestjs/common';
import { Cron } from '@nestjs/schedule';
import { everyMinutes, Ticks } from '@scheduling/persistence';
import { CalendarListService } from './calendar-list.service.ts';

@Injectable()
export class CalendarsCron {
  constructor(
    private readonly ticks: Ticks,
    private readonly lists: CalendarListService,
  ) {}

  /** Each minute: reads the lists of calendars that are due, a day after the last time or soon after a failure. */
  @Cron('30 * * * * *', { name: 'calendars.list', timeZone: 'UTC', waitForCompletion: true })
  async readDue(): Promise<void> {
    await this.ticks.once('calendars.list', everyMinutes(1), () => this.lists.readDue());
  }
}
