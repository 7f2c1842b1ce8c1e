import { Injectable, Logger } from '@nestjs/common';
import { Cron } from '@nestjs/schedule';
import { everyMinutes, Ticks } from '@scheduling/persistence';
import { HorizonService } from './horizon.service.ts';

const MINUTES = 10;

@Injectable()
export class HorizonCron {
  private readonly logger = new Logger(HorizonCron.name);

  constructor(
    private readonly ticks: Ticks,
    private readonly horizon: HorizonService,
  ) {}

  /**
   * Moves every tutor's horizon to what it should be since the last 02:00 UTC.
   * It looks every ten minutes and finds work after two o'clock only, or what a crash or a missed night has left.
   */
  @Cron(`*/${MINUTES} * * * *`, { name: 'openings.horizon', timeZone: 'UTC', waitForCompletion: true })
  async extend(): Promise<void> {
    await this.ticks.once('openings.horizon', everyMinutes(MINUTES), async () => {
      const began = performance.now();
      const { published, quiet, failed } = await this.horizon.extend();
      const tutors = published + quiet + failed;
      if (tutors === 0) return;
      const milliseconds = Math.round(performance.now() - began);
      this.logger.log({ message: 'The horizon has moved.', tutors, published, quiet, failed, milliseconds });
    });
  }
}
