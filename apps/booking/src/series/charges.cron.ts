import { Injectable, Logger } from '@nestjs/common';
import { Cron } from '@nestjs/schedule';
import { everyMinutes, Ticks } from '@scheduling/persistence';
import { ChargesService } from './charges.service.ts';

const MINUTES = 5;

@Injectable()
export class ChargesCron {
  private readonly logger = new Logger(ChargesCron.name);

  constructor(
    private readonly ticks: Ticks,
    private readonly charges: ChargesService,
  ) {}

  /** Lessons of series are paid for some days ahead; what was refused is tried again hourly. */
  @Cron(`*/${MINUTES} * * * *`, { name: 'series.charge', timeZone: 'UTC', waitForCompletion: true })
  async charge(): Promise<void> {
    await this.ticks.once('series.charge', everyMinutes(MINUTES), async () => {
      const charged = await this.charges.chargeDue();
      if (charged > 0) this.logger.log(`charged ${charged} lessons of series`);
    });
  }
}
