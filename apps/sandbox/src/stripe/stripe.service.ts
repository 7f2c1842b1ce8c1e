import { Injectable, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { Clock } from '@scheduling/domain';
import type Stripe from 'stripe';
import { SandboxConfig } from '../config.ts';
import type { Card } from './cards.ts';
import type { FaultSettings } from './faults.ts';
import { StripeDouble } from './stripe-double.ts';
import { StripeRefusal } from './stripe-refusal.ts';
import { IntentNotKept, IntentNotPayable } from './stripe.errors.ts';

/** The double of Stripe as part of the sandbox: it begins and ends with it, and people pay on its page. */
@Injectable()
export class StripeService implements OnModuleInit, OnModuleDestroy {
  private started?: StripeDouble;

  constructor(
    private readonly config: SandboxConfig,
    private readonly clock: Clock,
  ) {}

  /** The double, once the application has begun. */
  get double(): StripeDouble {
    if (!this.started) throw new Error('The double of Stripe has not begun.');
    return this.started;
  }

  async onModuleInit(): Promise<void> {
    const { STRIPE_PORT: port, DOUBLES_HOST: host } = this.config;
    const { STRIPE_WEBHOOK_URL: webhookUrl, STRIPE_WEBHOOK_SECRET: webhookSecret } = this.config;
    this.started = await StripeDouble.listen({ port, host, webhookUrl, webhookSecret, clock: this.clock });
  }

  async onModuleDestroy(): Promise<void> {
    await this.started?.close();
  }

  /** The newest intents, to pay and to set up, at most `limit`, the newest first. */
  list(limit: number): (Stripe.PaymentIntent | Stripe.SetupIntent)[] {
    return this.double.newest(limit);
  }

  /** A person pays an intent with a card; throws when there is no such intent, or when it is not to be paid any more. */
  pay(id: string, card: Card): Stripe.PaymentIntent | Stripe.SetupIntent {
    try {
      return this.double.pay(id, card);
    } catch (error) {
      if (!(error instanceof StripeRefusal)) throw error;
      throw error.status === 404 ? new IntentNotKept(id) : new IntentNotPayable(id);
    }
  }

  /** Lets things go wrong as told from now on. */
  setFaults(settings: FaultSettings): void {
    this.double.setFaults(settings);
  }
}
