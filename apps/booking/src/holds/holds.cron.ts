import { Injectable, Logger } from '@nestjs/common';
import { Cron } from '@nestjs/schedule';
import { everyMinutes, Ticks } from '@scheduling/persistence';
import { HoldsService } from './holds.service.ts';

const MINUTES = 5;

@Injectable()
export class HoldsCron {
  private readonly logger = new Logger(HoldsCron.name);

  constructor(
    private readonly ticks: Ticks,
    private readonly holds: HoldsService,
  ) {}

  /** Housekeeping: a lapsed hold stops nobody, but only now does the world hear of it. */
  @Cron(`*/${MINUTES} * * * *`, { name: 'holds.sweep', timeZone: 'UTC', waitForCompletion: true })
  async sweep(): Promise<void> {
    await this.ticks.once('holds.sweep', everyMinutes(MINUTES), async () => {
      const tutors = await this.holds.sweep();
      if (tutors > 0) this.logger.log(`lapsed holds of ${tutors} tutors`);
    });
  }
}
