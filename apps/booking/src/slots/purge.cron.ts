import { Injectable, Logger } from '@nestjs/common';
import { Cron } from '@nestjs/schedule';
import { dailyAt, Ticks } from '@scheduling/persistence';
import { PurgeService } from './purge.service.ts';

@Injectable()
export class PurgeCron {
  private readonly logger = new Logger(PurgeCron.name);

  constructor(
    private readonly ticks: Ticks,
    private readonly slots: PurgeService,
  ) {}

  /** Daily at 04:00 UTC, behind the soft deletion; asked again every five minutes. */
  @Cron('*/5 * * * *', { name: 'slots.purge', timeZone: 'UTC', waitForCompletion: true })
  async purge(): Promise<void> {
    await this.ticks.once('slots.purge', dailyAt(4), async () => {
      const slots = await this.slots.purge();
      this.logger.log(`deleted ${slots} slots of the past that nobody had booked`);
    });
  }
}
