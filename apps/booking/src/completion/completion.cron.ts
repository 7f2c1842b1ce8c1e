import { Injectable, Logger } from '@nestjs/common';
import { Cron } from '@nestjs/schedule';
import { everyMinutes, Ticks } from '@scheduling/persistence';
import { CompletionService } from './completion.service.ts';

const MINUTES = 15;

@Injectable()
export class CompletionCron {
  private readonly logger = new Logger(CompletionCron.name);

  constructor(
    private readonly ticks: Ticks,
    private readonly completion: CompletionService,
  ) {}

  /** A lesson that has ended is completed within a quarter of an hour; asked each minute, so that a run that was missed is made up. */
  @Cron('* * * * *', { name: 'bookings.complete', timeZone: 'UTC', waitForCompletion: true })
  async complete(): Promise<void> {
    await this.ticks.once('bookings.complete', everyMinutes(MINUTES), async () => {
      const lessons = await this.completion.complete();
      if (lessons > 0) this.logger.log(`completed ${lessons} lessons`);
    });
  }
}
