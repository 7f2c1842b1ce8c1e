import type { Account } from './account.ts';
import { list, LIST_PARAMS } from './lists.ts';
import type { Params } from './params.ts';

/** What a request asks of the account: `id` is the one in its path. */
export type Handler = (account: Account, params: Params, id: string) => object;

/** The part of Stripe's API that the double has. */
const ROUTES: Readonly<Record<string, Handler>> = {
  'POST /v1/payment_intents': ({ intents }, params) => intents.create(params),
  'GET /v1/payment_intents': ({ payments }, params) => {
    const customer = params.only('customer', ...LIST_PARAMS).text('customer');
    const all = payments.newest().map(({ intent }) => intent);
    const theirs = all.filter((intent) => customer === undefined || intent.customer === customer);
    return list('/v1/payment_intents', theirs, params);
  },
  'GET /v1/payment_intents/*': ({ intents }, params, id) => only(params, intents.find(id).intent),
  'POST /v1/payment_intents/*': ({ intents }, params, id) => intents.update(id, params),
  'POST /v1/payment_intents/*/confirm': ({ intents }, params, id) => intents.confirm(id, params),
  'POST /v1/payment_intents/*/capture': ({ intents }, params, id) => intents.capture(id, params),
  'POST /v1/payment_intents/*/cancel': ({ intents }, params, id) => intents.cancel(id, params),

  'GET /v1/charges/*': ({ payments }, params, id) => only(params, payments.charge(id)),

  'POST /v1/refunds': ({ refunds }, params) => refunds.create(params),
  'GET /v1/refunds': ({ refunds }, params) => list('/v1/refunds', refunds.newest(params), params),
  'GET /v1/refunds/*': ({ refunds }, params, id) => only(params, refunds.find(id)),
  'POST /v1/refunds/*': ({ refunds }, params, id) => refunds.update(id, params),

  'GET /v1/disputes/*': ({ disputes }, params, id) => only(params, disputes.find(id)),

  'POST /v1/customers': ({ customers }, params) => customers.create(params),
  'GET /v1/customers': ({ customers }, params) => {
    const email = params.only('email', ...LIST_PARAMS).text('email');
    const theirs = customers.newest().filter((customer) => email === undefined || customer.email === email);
    return list('/v1/customers', theirs, params);
  },
  'GET /v1/customers/*': ({ customers }, params, id) => only(params, customers.find(id)),
  'POST /v1/customers/*': ({ customers }, params, id) => customers.update(id, params),
  'DELETE /v1/customers/*': ({ customers }, params, id) => {
    params.only();
    return customers.remove(id);
  },
  'GET /v1/customers/*/payment_methods': ({ customers, methods }, params, id) => {
    params.only('type', ...LIST_PARAMS);
    return list(`/v1/customers/${id}/payment_methods`, methods.of(customers.find(id).id), params);
  },

  'GET /v1/payment_methods': ({ customers, methods }, params) => {
    const customer = params.only('customer', 'type', ...LIST_PARAMS).required('customer');
    return list('/v1/payment_methods', methods.of(customers.find(customer).id), params);
  },
  'GET /v1/payment_methods/*': ({ methods }, params, id) => only(params, methods.find(id)),
  'POST /v1/payment_methods/*/attach': ({ customers, methods }, params, id) => {
    const customer = params.only('customer').required('customer');
    return methods.attach(id, customers.named(customer).id);
  },
  'POST /v1/payment_methods/*/detach': ({ methods }, params, id) => methods.detach(id, params),

  'POST /v1/setup_intents': ({ setups }, params) => setups.create(params),
  'GET /v1/setup_intents/*': ({ setups }, params, id) => only(params, setups.find(id)),
  'POST /v1/setup_intents/*/confirm': ({ setups }, params, id) => setups.confirm(id, params),
  'POST /v1/setup_intents/*/cancel': ({ setups }, params, id) => setups.cancel(id, params),

  'GET /v1/subscriptions/*': ({ subscriptions }, params, id) => only(params, subscriptions.find(id)),
  'POST /v1/subscriptions/*': ({ subscriptions }, params, id) => subscriptions.update(id, params),
  'DELETE /v1/subscriptions/*': ({ subscriptions }, params, id) => subscriptions.cancel(id, params),
  'GET /v1/invoices/*': ({ subscriptions }, params, id) => only(params, subscriptions.invoice(id)),

  'GET /v1/events': ({ events }, params) => {
    params.only('type', 'types', ...LIST_PARAMS);
    return list('/v1/events', events.newest(params), params);
  },
  'GET /v1/events/*': ({ events }, params, id) => only(params, events.find(id)),
};

/** A read that takes no parameters of its own. */
function only(params: Params, found: object): object {
  params.only();
  return found;
}

/** The route of a request and the id in its path, if the double has such a route. */
export function findRoute(method: string, path: string): { handler: Handler; id: string } | undefined {
  const [, version = '', resource = '', id, ...rest] = path.split('/');
  const pattern = ['', version, resource, ...(id === undefined ? [] : ['*']), ...rest].join('/');
  const handler = Object.hasOwn(ROUTES, `${method} ${pattern}`) ? ROUTES[`${method} ${pattern}`] : undefined;
  return handler && { handler, id: id ?? '' };
}
