import { Injectable, Logger } from '@nestjs/common';
import { Cron } from '@nestjs/schedule';
import { Database, everyMinutes, letPrivateGo, sealTrail, Ticks, writtenAs } from '@scheduling/persistence';

/** Seals what was done since the last minute, and lets go what is personal of what was done long ago. */
@Injectable()
export class AuditCron {
  private readonly logger = new Logger(AuditCron.name);

  constructor(
    private readonly ticks: Ticks,
    private readonly db: Database,
    /** How long personal parts are kept, in days. */
    private readonly privateDays: number,
  ) {}

  @Cron('* * * * *', { name: 'audit.seal', timeZone: 'UTC', waitForCompletion: true })
  async seal(): Promise<void> {
    await this.ticks.once('audit.seal', everyMinutes(1), async () => {
      const head = await sealTrail(this.db);
      // Whoever keeps these lines can show that the chain was not cut: the tables alone cannot.
      if (head) this.logger.log({ message: 'audit sealed', head: `${this.db.schema}:${writtenAs(head)}` });
      await letPrivateGo(this.db, this.privateDays);
    });
  }
}
