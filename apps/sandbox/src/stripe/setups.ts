import type Stripe from 'stripe';
import type { Card } from './cards.ts';
import type { Customers } from './customers.ts';
import { Kept } from './kept.ts';
import { type Methods, refusedCard } from './methods.ts';
import { newId } from './new-id.ts';
import type { Params } from './params.ts';
import { missing, StripeRefusal } from './stripe-refusal.ts';
import type { World } from './world.ts';

const PARAMS = [
  'customer usage payment_method confirm metadata description return_url',
  'automatic_payment_methods payment_method_types',
].flatMap((names) => names.split(' '));
const OPEN: readonly Stripe.SetupIntent.Status[] = [
  'requires_payment_method',
  'requires_confirmation',
  'requires_action',
];

/** Setup intents: how a card comes to be saved for later. */
export class Setups {
  private readonly setups: Kept<Stripe.SetupIntent>;

  constructor(
    private readonly world: World,
    private readonly methods: Methods,
    private readonly customers: Customers,
    most?: number,
  ) {
    this.setups = new Kept(most);
  }

  create(params: Params): Stripe.SetupIntent {
    params.only(...PARAMS);
    const setup = newSetup(params, this.world.now());
    if (setup.customer !== null) this.customers.named(setup.customer as string);
    this.setups.add(setup);
    this.world.state('setup_intent.created', setup);
    const method = params.text('payment_method');
    if (method !== undefined) Object.assign(setup, { payment_method: method, status: 'requires_confirmation' });
    return params.flag('confirm') ? this.confirmed(setup) : setup;
  }

  find(id: string): Stripe.SetupIntent {
    const setup = this.setups.get(id);
    if (!setup) throw missing('setupintent', id, 'intent');
    return setup;
  }

  confirm(id: string, params: Params): Stripe.SetupIntent {
    params.only('payment_method', 'return_url');
    const setup = this.open(id, 'confirm');
    setup.payment_method = params.text('payment_method') ?? setup.payment_method;
    return this.confirmed(setup);
  }

  cancel(id: string, params: Params): Stripe.SetupIntent {
    const reason = params
      .only('cancellation_reason')
      .word('cancellation_reason', ['abandoned', 'duplicate', 'requested_by_customer']);
    const setup = Object.assign(this.open(id, 'cancel'), { status: 'canceled', cancellation_reason: reason ?? null });
    this.world.state('setup_intent.canceled', setup);
    return setup;
  }

  /** A person saves a card, as they do in Stripe's own form; one that is declined is not saved. */
  pay(id: string, card: Card): Stripe.SetupIntent {
    const setup = this.open(id, 'confirm');
    if (card === 'declined') this.failed(setup);
    else this.succeeded(setup, this.methods.add(card, null).id);
    return setup;
  }

  newest(): Stripe.SetupIntent[] {
    return this.setups.newest();
  }

  private confirmed(setup: Stripe.SetupIntent): Stripe.SetupIntent {
    const method = setup.payment_method as string | null;
    if (method === null)
      throw stateRefused(setup, "You cannot confirm this SetupIntent because it's missing a payment method.");
    try {
      return this.succeeded(setup, method);
    } catch (error) {
      if (error instanceof StripeRefusal && error.status === 402) throw this.failed(setup);
      throw error;
    }
  }

  private succeeded(setup: Stripe.SetupIntent, method: string): Stripe.SetupIntent {
    const customer = setup.customer as string | null;
    setup.payment_method = customer === null ? method : this.methods.attach(method, customer).id;
    setup.status = 'succeeded';
    setup.last_setup_error = null;
    this.world.state('setup_intent.succeeded', setup);
    return setup;
  }

  private failed(setup: Stripe.SetupIntent): StripeRefusal {
    const { body } = refusedCard();
    setup.payment_method = null;
    setup.status = 'requires_payment_method';
    setup.last_setup_error = { ...body, type: 'card_error' };
    this.world.state('setup_intent.setup_failed', setup);
    return refusedCard(setup);
  }

  private open(id: string, verb: string): Stripe.SetupIntent {
    const setup = this.find(id);
    if (OPEN.includes(setup.status)) return setup;
    throw stateRefused(setup, `You cannot ${verb} this SetupIntent because it has a status of ${setup.status}.`);
  }
}

const stateRefused = (setup: Stripe.SetupIntent, message: string): StripeRefusal =>
  new StripeRefusal(400, {
    type: 'invalid_request_error',
    code: 'setup_intent_unexpected_state',
    message,
    setup_intent: structuredClone(setup),
  });

function newSetup(params: Params, now: number): Stripe.SetupIntent {
  const id = newId('seti');
  return {
    id,
    object: 'setup_intent',
    allowed_payment_method_types: null,
    application: null,
    automatic_payment_methods: { enabled: true },
    cancellation_reason: null,
    client_secret: newId(`${id}_secret`, 25),
    created: now,
    customer: params.text('customer') ?? null,
    description: params.text('description') ?? null,
    excluded_payment_method_types: null,
    last_setup_error: null,
    latest_attempt: null,
    livemode: false,
    mandate: null,
    metadata: params.metadata(),
    next_action: null,
    on_behalf_of: null,
    payment_method: null,
    payment_method_configuration_details: null,
    payment_method_options: null,
    payment_method_types: ['card'],
    single_use_mandate: null,
    status: 'requires_payment_method',
    usage: params.word('usage', ['off_session', 'on_session']) ?? 'off_session',
  };
}
