import { Injectable, Logger } from '@nestjs/common';
import { Cron } from '@nestjs/schedule';
import { everyMinutes, Ticks } from '@scheduling/persistence';
import { AgendaService } from './agenda.service.ts';

const MINUTES = 5;

@Injectable()
export class AgendaCron {
  private readonly logger = new Logger(AgendaCron.name);

  constructor(
    private readonly ticks: Ticks,
    private readonly agenda: AgendaService,
  ) {}

  /** Somewhere it is seven in the morning: zones differ by quarters of an hour. */
  @Cron(`*/${MINUTES} * * * *`, { name: 'agenda.plan', timeZone: 'UTC', waitForCompletion: true })
  async plan(): Promise<void> {
    await this.ticks.once('agenda.plan', everyMinutes(MINUTES), async () => {
      const planned = await this.agenda.planDue();
      if (planned > 0) this.logger.log(`planned ${planned} agendas`);
    });
  }
}
