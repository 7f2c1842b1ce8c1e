import { Customers } from './customers.ts';
import { Disputes } from './disputes.ts';
import { Events } from './events.ts';
import type { Faults } from './faults.ts';
import { Intents } from './intents.ts';
import { Methods } from './methods.ts';
import { Payments } from './payments.ts';
import { Refunds } from './refunds.ts';
import { Setups } from './setups.ts';
import { Subscriptions } from './subscriptions.ts';
import type { Webhooks } from './webhooks.ts';
import type { World } from './world.ts';

/** One Stripe account: all that it keeps, in memory. */
export class Account {
  readonly events: Events;
  readonly payments: Payments;
  readonly methods: Methods;
  readonly customers: Customers;
  readonly intents: Intents;
  readonly refunds: Refunds;
  readonly disputes: Disputes;
  readonly setups: Setups;
  readonly subscriptions: Subscriptions;

  constructor(now: () => number, faults: Faults, webhooks: Webhooks, most?: number) {
    this.events = new Events(now, most);
    const world: World = { now, state: (type, object) => webhooks.send(this.events.add(type, object)) };
    this.payments = new Payments(most);
    this.methods = new Methods(world, most);
    this.customers = new Customers(world, most);
    this.intents = new Intents(world, this.payments, this.methods, this.customers);
    this.refunds = new Refunds(world, this.payments, this.intents, () => faults.refunds);
    this.disputes = new Disputes(world, this.payments);
    this.setups = new Setups(world, this.methods, this.customers, most);
    this.subscriptions = new Subscriptions(world, this.customers, most);
  }

  /** Whatever has that id. */
  find(id: string): object | undefined {
    const [prefix = ''] = id.split('_');
    return FINDERS[prefix]?.(this, id);
  }
}

const FINDERS: Readonly<Record<string, (account: Account, id: string) => object | undefined>> = {
  pi: ({ intents }, id) => intents.find(id).intent,
  seti: ({ setups }, id) => setups.find(id),
  ch: ({ payments }, id) => payments.charge(id),
  re: ({ refunds }, id) => refunds.find(id),
  du: ({ disputes }, id) => disputes.find(id),
  pm: ({ methods }, id) => methods.find(id),
  cus: ({ customers }, id) => customers.find(id),
  sub: ({ subscriptions }, id) => subscriptions.find(id),
  in: ({ subscriptions }, id) => subscriptions.invoice(id),
};
