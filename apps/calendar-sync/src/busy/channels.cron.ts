import { Injectable } from '@nestjs/common';
import { Cron } from '@nestjs/schedule';
import { everyMinutes, Ticks } from '@scheduling/persistence';
import { ChannelsService } from './channels.service.ts';

@Injectable()
export class ChannelsCron {
  constructor(
    private readonly ticks: Ticks,
    private readonly channels: ChannelsService,
  ) {}

  /** Each five minutes: stops the channels of calendars that are read no more, and forgets those that are over. */
  @Cron('*/5 * * * *', { name: 'channels.sweep', timeZone: 'UTC', waitForCompletion: true })
  async sweep(): Promise<void> {
    await this.ticks.once('channels.sweep', everyMinutes(5), () => this.channels.sweep());
  }
}
