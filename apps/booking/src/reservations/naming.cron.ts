import { Injectable } from '@nestjs/common';
import { Cron } from '@nestjs/schedule';
import { everyMinutes, Ticks } from '@scheduling/persistence';
import { NamingService } from './naming.service.ts';

@Injectable()
export class NamingCron {
  constructor(
    private readonly ticks: Ticks,
    private readonly naming: NamingService,
  ) {}

  /** Each minute: seats are named for someone right after the commit that reserves them, unless the process died between. */
  @Cron('* * * * *', { name: 'reservations.name', timeZone: 'UTC', waitForCompletion: true })
  async name(): Promise<void> {
    await this.ticks.once('reservations.name', everyMinutes(1), () => this.naming.catchUp());
  }
}
