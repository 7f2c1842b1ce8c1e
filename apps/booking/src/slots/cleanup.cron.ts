import { Injectable, Logger } from '@nestjs/common';
import { Cron } from '@nestjs/schedule';
import { dailyAt, Ticks } from '@scheduling/persistence';
import { CleanupService } from './cleanup.service.ts';

@Injectable()
export class CleanupCron {
  private readonly logger = new Logger(CleanupCron.name);

  constructor(
    private readonly ticks: Ticks,
    private readonly cleanup: CleanupService,
  ) {}

  /** Daily at 03:00 UTC; asked again every five minutes, so that a night missed by all replicas is made up soon. */
  @Cron('*/5 * * * *', { name: 'slots.clear', timeZone: 'UTC', waitForCompletion: true })
  async clear(): Promise<void> {
    await this.ticks.once('slots.clear', dailyAt(3), async () => {
      const slots = await this.cleanup.clear();
      this.logger.log(`soft-deleted ${slots} slots that ended over three months ago`);
    });
  }
}
