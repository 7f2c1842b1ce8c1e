import { Injectable, Logger } from '@nestjs/common';
import { Cron } from '@nestjs/schedule';
import { dailyAt, Ticks } from '@scheduling/persistence';
import { WebhookLogService } from './webhook-log.service.ts';

const HOUR = 3;

@Injectable()
export class WebhookLogCron {
  private readonly logger = new Logger(WebhookLogCron.name);

  constructor(
    private readonly ticks: Ticks,
    private readonly log: WebhookLogService,
  ) {}

  /** At night, asked each hour, so that a night that was missed is made up. */
  @Cron('15 * * * *', { name: 'webhooks.forget', timeZone: 'UTC', waitForCompletion: true })
  async forget(): Promise<void> {
    await this.ticks.once('webhooks.forget', dailyAt(HOUR), async () => {
      const gone = await this.log.forget();
      if (gone > 0) this.logger.log(`forgot ${gone} webhook deliveries`);
    });
  }
}
