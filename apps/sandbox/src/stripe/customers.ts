import type Stripe from 'stripe';
import { Kept } from './kept.ts';
import { newId } from './new-id.ts';
import type { Params } from './params.ts';
import { missing } from './stripe-refusal.ts';
import type { World } from './world.ts';

/** Customers. */
export class Customers {
  private readonly customers: Kept<Stripe.Customer>;

  constructor(
    private readonly world: World,
    most?: number,
  ) {
    this.customers = new Kept(most);
  }

  create(params: Params): Stripe.Customer {
    params.only('email', 'name', 'phone', 'description', 'metadata');
    const customer: Stripe.Customer = {
      id: newId('cus', 14),
      object: 'customer',
      balance: 0,
      created: this.world.now(),
      default_source: null,
      delinquent: false,
      description: params.text('description') ?? null,
      email: params.text('email') ?? null,
      invoice_settings: { custom_fields: null, default_payment_method: null, footer: null, rendering_options: null },
      livemode: false,
      metadata: params.metadata(),
      name: params.text('name') ?? null,
      phone: params.text('phone') ?? null,
      shipping: null,
    };
    this.world.state('customer.created', this.customers.add(customer));
    return customer;
  }

  find(id: string): Stripe.Customer {
    const customer = this.customers.get(id);
    if (!customer) throw missing('customer', id);
    return customer;
  }

  /** The customer whom a parameter names. */
  named(id: string): Stripe.Customer {
    const customer = this.customers.get(id);
    if (!customer) throw missing('customer', id, 'customer', 400);
    return customer;
  }

  update(id: string, params: Params): Stripe.Customer {
    params.only('email', 'name', 'phone', 'description', 'metadata');
    const customer = this.find(id);
    for (const field of ['email', 'name', 'phone', 'description'] as const)
      customer[field] = params.text(field) ?? customer[field] ?? null;
    customer.metadata = params.metadata(customer.metadata);
    return customer;
  }

  /** A customer who is deleted is gone with their cards. */
  remove(id: string): Stripe.DeletedCustomer {
    const { id: gone } = this.find(id);
    this.customers.delete(gone);
    return { id: gone, object: 'customer', deleted: true };
  }

  newest(): Stripe.Customer[] {
    return this.customers.newest();
  }
}
