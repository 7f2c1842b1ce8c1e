import { Injectable } from '@nestjs/common';
import { Cron } from '@nestjs/schedule';
import { RevocationsService } from './revocations.service.ts';
import { TokensService } from './tokens.service.ts';

@Injectable()
export class TokensCron {
  constructor(
    private readonly tokens: TokensService,
    private readonly revocations: RevocationsService,
  ) {}

  /** Each minute, on every replica: refreshes the access tokens that are over soon; a lease keeps two from refreshing one. */
  @Cron('* * * * *', { name: 'tokens.refresh', timeZone: 'UTC', waitForCompletion: true })
  async refresh(): Promise<void> {
    await this.tokens.refreshAhead();
  }

  /** Each minute, on every replica: gives back what could not be given back before; a lease keeps two from doing one. */
  @Cron('20 * * * * *', { name: 'tokens.revoke', timeZone: 'UTC', waitForCompletion: true })
  async revoke(): Promise<void> {
    await this.revocations.workOff();
  }
}
