import { Injectable, Logger } from '@nestjs/common';
import { Cron } from '@nestjs/schedule';
import { everyMinutes, Ticks } from '@scheduling/persistence';
import { UnofferedService } from './unoffered.service.ts';

const MINUTES = 15;

@Injectable()
export class UnofferedCron {
  private readonly logger = new Logger(UnofferedCron.name);

  constructor(
    private readonly ticks: Ticks,
    private readonly unoffered: UnofferedService,
  ) {}

  /** A date is given up once the notice before it has begun and nothing was offered. */
  @Cron(`*/${MINUTES} * * * *`, { name: 'series.unoffered', timeZone: 'UTC', waitForCompletion: true })
  async skip(): Promise<void> {
    await this.ticks.once('series.unoffered', everyMinutes(MINUTES), async () => {
      const skipped = await this.unoffered.skipDue();
      if (skipped > 0) this.logger.log(`gave up ${skipped} dates of series`);
    });
  }
}
