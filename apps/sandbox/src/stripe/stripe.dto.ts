import { ApiProperty } from '@nestjs/swagger';
import { Count, Instant, ListOf, Maybe, Nullable, OneOf, Part } from '@scheduling/contracts';
import { Matches } from 'class-validator';
import type Stripe from 'stripe';
import { type Card, CARDS } from './cards.ts';
import { MOST_KEPT } from './kept.ts';
import { type RefundFate, REFUNDS } from './refund-fate.ts';
import { CallFaultsBody, RequestFaultsBody } from '../doubles/request-faults.dto.ts';

/** Names one intent in a path. */
export class IntentParams {
  /** `pi_…` or `seti_…`. */
  @Matches(/^(pi|seti)_\w{1,60}$/)
  readonly id!: string;
}

/** With what a person pays. */
export class PayBody {
  /** What the card does. */
  @OneOf(CARDS)
  readonly card!: Card;
}

/** An intent as people see it. */
export class IntentView {
  /** `pi_…` for a payment, `seti_…` for a card that is to be saved. */
  @ApiProperty()
  readonly id!: string;

  /** Stripe's word, such as `requires_capture`. */
  @ApiProperty()
  readonly status!: string;

  /** In the currency's smallest unit; null where a card is saved. */
  @Nullable()
  @Count(1, Number.MAX_SAFE_INTEGER)
  readonly amount!: number | null;

  /** In small letters; null where a card is saved. */
  @ApiProperty({ type: String, nullable: true })
  readonly currency!: string | null;

  /** What its maker noted, such as the booking. */
  @ApiProperty({ type: 'object', additionalProperties: { type: 'string' } })
  readonly metadata!: Record<string, string>;

  /** When it was made. */
  @Instant()
  readonly created_at!: string;

  static of(intent: Stripe.PaymentIntent | Stripe.SetupIntent): IntentView {
    const money = intent.object === 'payment_intent' ? intent : { amount: null, currency: null };
    return {
      id: intent.id,
      status: intent.status,
      amount: money.amount,
      currency: money.currency,
      metadata: intent.metadata ?? {},
      created_at: new Date(intent.created * 1000).toISOString(),
    };
  }
}

/** The newest intents. */
export class IntentsView {
  /** Newest first. */
  @ListOf(() => IntentView, MOST_KEPT)
  readonly items!: IntentView[];
}

/** Everything that goes wrong from now on, in place of what was said before; what is left out goes well. */
export class FaultsBody extends RequestFaultsBody {
  /** What goes wrong with webhooks. */
  @Maybe()
  @Part(() => CallFaultsBody)
  readonly webhooks?: CallFaultsBody;

  /** Refunds succeed at once, wait for a bank that a test plays, or fail after having been taken. */
  @Maybe()
  @OneOf(REFUNDS)
  readonly refunds?: RefundFate;
}
