import { Injectable } from '@nestjs/common';
import { Cron } from '@nestjs/schedule';
import { everyMinutes, Ticks } from '@scheduling/persistence';
import { RenewalService } from './renewal.service.ts';

@Injectable()
export class RenewalCron {
  constructor(
    private readonly ticks: Ticks,
    private readonly renewal: RenewalService,
  ) {}

  /** Each minute; a confirmation that needs a period begins it by itself. */
  @Cron('* * * * *', { name: 'subscriptions.renew', timeZone: 'UTC', waitForCompletion: true })
  async renew(): Promise<void> {
    await this.ticks.once('subscriptions.renew', everyMinutes(1), async () => void (await this.renewal.renewDue()));
  }
}
