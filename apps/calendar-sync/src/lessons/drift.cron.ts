import { Injectable } from '@nestjs/common';
import { Cron } from '@nestjs/schedule';
import { everyMinutes, Ticks } from '@scheduling/persistence';
import { DriftService } from './drift.service.ts';

@Injectable()
export class DriftCron {
  constructor(
    private readonly ticks: Ticks,
    private readonly drift: DriftService,
  ) {}

  /** Each two minutes: compares the calendars whose turn it is, once a night each. */
  @Cron('*/2 * * * *', { name: 'lessons.drift', timeZone: 'UTC', waitForCompletion: true })
  async compare(): Promise<void> {
    await this.ticks.once('lessons.drift', everyMinutes(2), () => this.drift.compareDue());
  }
}
