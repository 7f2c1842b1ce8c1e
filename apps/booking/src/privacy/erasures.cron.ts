import { Injectable } from '@nestjs/common';
import { Cron } from '@nestjs/schedule';
import { ErasuresService } from './erasures.service.ts';

@Injectable()
export class ErasuresCron {
  constructor(private readonly erasures: ErasuresService) {}

  /** Every ten seconds, on every replica: ends what people who are gone have begun; a row is one replica's at a time. */
  @Cron('*/10 * * * * *', { name: 'erasures.work', timeZone: 'UTC', waitForCompletion: true })
  async workOff(): Promise<void> {
    await this.erasures.workOff();
  }
}
