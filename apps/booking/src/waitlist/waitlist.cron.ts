import { Injectable } from '@nestjs/common';
import { Cron } from '@nestjs/schedule';
import { everyMinutes, Ticks } from '@scheduling/persistence';
import { WaitlistService } from './waitlist.service.ts';

@Injectable()
export class WaitlistCron {
  constructor(
    private readonly ticks: Ticks,
    private readonly waitlist: WaitlistService,
  ) {}

  /** Each minute, for whoever reads the steps: nothing is decided by what it writes. */
  @Cron('* * * * *', { name: 'waitlist.tidy', timeZone: 'UTC', waitForCompletion: true })
  async tidy(): Promise<void> {
    await this.ticks.once('waitlist.tidy', everyMinutes(1), async () => void (await this.waitlist.tidy()));
  }
}
