import { Injectable } from '@nestjs/common';
import { Cron } from '@nestjs/schedule';
import { everyMinutes, Ticks } from '@scheduling/persistence';
import { ExportsService } from './exports.service.ts';

const MINUTES = 60;

@Injectable()
export class ExportsCron {
  constructor(
    private readonly ticks: Ticks,
    private readonly exports: ExportsService,
  ) {}

  /** Each hour: copies whose time is over are gone. */
  @Cron('40 * * * * *', { name: 'exports.tidy', timeZone: 'UTC', waitForCompletion: true })
  async tidy(): Promise<void> {
    await this.ticks.once('exports.tidy', everyMinutes(MINUTES), async () => void (await this.exports.tidy()));
  }
}
