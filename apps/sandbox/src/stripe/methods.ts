import type Stripe from 'stripe';
import { type Card, TEST_METHODS } from './cards.ts';
import { NOBODY } from './charges.ts';
import { Kept } from './kept.ts';
import { newId } from './new-id.ts';
import type { Params } from './params.ts';
import { invalid, missing, StripeRefusal } from './stripe-refusal.ts';
import type { World } from './world.ts';

interface KeptMethod {
  readonly id: string;
  readonly method: Stripe.PaymentMethod;
  card: Card;
}

/** Cards: those that customers saved, and those that paid once. */
export class Methods {
  private readonly saved: Kept<KeptMethod>;
  private readonly loose: Kept<KeptMethod>;

  constructor(
    private readonly world: World,
    most?: number,
  ) {
    this.saved = new Kept(most);
    this.loose = new Kept(most);
  }

  /** A new card; with a customer, theirs. */
  add(card: Card, customer: string | null): Stripe.PaymentMethod {
    const method = newMethod(this.world.now());
    const kept = { id: method.id, method, card };
    this.loose.add(kept);
    if (customer !== null) this.save(kept, customer);
    return method;
  }

  /** The method that a request names, which must be the customer's when it is anyone's; Stripe's test cards are copied. */
  given(params: Params, customer: string | null): Stripe.PaymentMethod | undefined {
    const id = params.text('payment_method');
    if (id === undefined) return undefined;
    const test = TEST_METHODS[id];
    if (test) return this.add(test.pays, null);
    const { method } = this.kept(id, 'payment_method', 400);
    if (method.customer !== null && method.customer !== customer)
      throw invalid(
        `The PaymentMethod ${id} belongs to a Customer; please pass that Customer with it.`,
        'payment_method',
        'payment_method_customer_mismatch',
      );
    return method;
  }

  /** Makes a card the customer's, as a request asks. */
  attach(id: string, customer: string): Stripe.PaymentMethod {
    const test = TEST_METHODS[id];
    if (test?.saves === 'declined') throw refusedCard();
    const kept = this.kept(test ? this.add(test.pays, null).id : id);
    if (kept.method.customer !== null)
      throw invalid('The payment method you provided has already been attached to a customer.', 'payment_method');
    return this.save(kept, customer);
  }

  /** Takes a card from its customer; it pays nothing any more. */
  detach(id: string, params: Params): Stripe.PaymentMethod {
    params.only();
    const kept = this.kept(id);
    if (kept.method.customer === null)
      throw invalid('The payment method you provided is not attached to a customer.', 'payment_method');
    this.world.state('payment_method.detached', Object.assign(kept.method, { customer: null }));
    this.saved.delete(id);
    this.loose.delete(id);
    return kept.method;
  }

  find(id: string): Stripe.PaymentMethod {
    return this.kept(id).method;
  }

  /** What a card does. */
  cardOf(id: string): Card {
    return this.kept(id).card;
  }

  /** Lets a saved card do something else from now on. */
  turn(id: string, card: Card): void {
    this.kept(id).card = card;
  }

  /** The cards of a customer, the newest first. */
  of(customer: string): Stripe.PaymentMethod[] {
    return this.saved
      .newest()
      .map(({ method }) => method)
      .filter((method) => method.customer === customer);
  }

  private save(kept: KeptMethod, customer: string): Stripe.PaymentMethod {
    kept.method.customer = customer;
    this.loose.delete(kept.id);
    this.saved.add(kept);
    this.world.state('payment_method.attached', kept.method);
    return kept.method;
  }

  private kept(id: string, param = 'payment_method', status = 404): KeptMethod {
    const kept = this.saved.get(id) ?? this.loose.get(id);
    if (!kept) throw missing('PaymentMethod', id, param, status);
    return kept;
  }
}

/** A bank's no to a card that was to be saved. */
export const refusedCard = (setup?: Stripe.SetupIntent): StripeRefusal =>
  new StripeRefusal(402, {
    type: 'card_error',
    code: 'card_declined',
    decline_code: 'generic_decline',
    message: 'Your card was declined.',
    ...(setup && { setup_intent: structuredClone(setup) }),
  });

const newMethod = (now: number): Stripe.PaymentMethod => ({
  id: newId('pm'),
  object: 'payment_method',
  billing_details: NOBODY,
  card: {
    brand: 'visa',
    checks: null,
    country: 'US',
    display_brand: 'visa',
    exp_month: 12,
    exp_year: 2034,
    funding: 'credit',
    generated_from: null,
    last4: '4242',
    networks: null,
    regulated_status: null,
    three_d_secure_usage: null,
    wallet: null,
  },
  created: now,
  customer: null,
  customer_account: null,
  livemode: false,
  metadata: {},
  type: 'card',
});
