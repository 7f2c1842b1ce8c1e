import { Injectable } from '@nestjs/common';
import { Cron } from '@nestjs/schedule';
import { TokensService } from './tokens.service.ts';

@Injectable()
export class TokensCron {
  constructor(private readonly tokens: TokensService) {}

  /** Each minute, on every replica: refreshes the access tokens that are over soon; a lease keeps two from refreshing one. */
  @Cron('* * * * *', { name: 'tokens.refresh', timeZone: 'UTC', waitForCompletion: true })
  async refresh(): Promise<void> {
    await this.tokens.refreshAhead();
  }
}
