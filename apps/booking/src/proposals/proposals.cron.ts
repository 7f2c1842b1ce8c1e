import { Injectable, Logger } from '@nestjs/common';
import { Cron } from '@nestjs/schedule';
import { everyMinutes, Ticks } from '@scheduling/persistence';
import { ProposalsService } from './proposals.service.ts';

@Injectable()
export class ProposalsCron {
  private readonly logger = new Logger(ProposalsCron.name);

  constructor(
    private readonly ticks: Ticks,
    private readonly proposals: ProposalsService,
  ) {}

  /** Whoever proposed something learns within a minute that it was not answered in time. */
  @Cron('* * * * *', { name: 'proposals.expire', timeZone: 'UTC', waitForCompletion: true })
  async expire(): Promise<void> {
    await this.ticks.once('proposals.expire', everyMinutes(1), async () => {
      const proposals = await this.proposals.expire();
      if (proposals > 0) this.logger.log(`ended ${proposals} proposals that nobody answered`);
    });
  }
}
