import { Injectable, Logger } from '@nestjs/common';
import { Cron } from '@nestjs/schedule';
import { everyMinutes, Ticks } from '@scheduling/persistence';
import { MinimumsService } from './minimums.service.ts';

@Injectable()
export class MinimumsCron {
  private readonly logger = new Logger(MinimumsCron.name);

  constructor(
    private readonly ticks: Ticks,
    private readonly minimums: MinimumsService,
  ) {}

  /** Students learn within a minute whether their lesson takes place. */
  @Cron('* * * * *', { name: 'groups.decide', timeZone: 'UTC', waitForCompletion: true })
  async decide(): Promise<void> {
    await this.ticks.once('groups.decide', everyMinutes(1), async () => {
      const slots = await this.minimums.decide();
      if (slots > 0) this.logger.log(`called off ${slots} slots to which too few came`);
    });
  }
}
