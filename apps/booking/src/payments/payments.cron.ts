import { Injectable } from '@nestjs/common';
import { Cron } from '@nestjs/schedule';
import { everyMinutes, Ticks } from '@scheduling/persistence';
import { StripeEventsService } from './stripe-events.service.ts';

@Injectable()
export class PaymentsCron {
  constructor(
    private readonly ticks: Ticks,
    private readonly events: StripeEventsService,
  ) {}

  /** Each minute: what commits begin is worked off right after them, unless the process died between or Stripe did not answer. */
  @Cron('* * * * *', { name: 'payments.settle', timeZone: 'UTC', waitForCompletion: true })
  async settle(): Promise<void> {
    await this.ticks.once('payments.settle', everyMinutes(1), () => this.events.minute());
  }
}
