import { Injectable, Logger } from '@nestjs/common';
import { Cron } from '@nestjs/schedule';
import { everyMinutes, Ticks } from '@scheduling/persistence';
import { ConnectionsService } from './connections.service.ts';

const MINUTES = 5;

@Injectable()
export class ConnectionsCron {
  private readonly logger = new Logger(ConnectionsCron.name);

  constructor(
    private readonly ticks: Ticks,
    private readonly connections: ConnectionsService,
  ) {}

  /** Closes what is offered by calendars that could not be read for a day, where their tutors want it so. */
  @Cron(`*/${MINUTES} * * * *`, { name: 'busy.connections', timeZone: 'UTC', waitForCompletion: true })
  async lapse(): Promise<void> {
    await this.ticks.once('busy.connections', everyMinutes(MINUTES), async () => {
      const people = await this.connections.lapse();
      if (people > 0) this.logger.log({ message: 'Calendars could not be read for a day.', people });
    });
  }
}
