import { parseForm } from '../src/stripe/form-body.ts';
import { nextEnd } from '../src/stripe/new-subscription.ts';
import { stripeScenario } from './stripe.scenario.ts';

describe('the memory of the double of Stripe', () => {
  it('lets the oldest go, and goes on counting their money', async () => {
    const s = await stripeScenario({ most: 3 });
    const ids: string[] = [];
    for (let n = 0; n < 5; n++) ids.push((await s.captured()).id);
    expect(s.double.newest(10).map(({ id }) => id)).toEqual(ids.slice(2).toReversed());
    expect(s.double.events()).toHaveLength(3);
    await expect(s.stripe.paymentIntents.retrieve(ids[0] ?? '')).rejects.toMatchObject({ code: 'resource_missing' });
    expect(s.double.totals()).toEqual({ usd: { captured: 5000, refunded: 0 } });
    await s.close();
  });

  it('keeps saved cards, however many others pay', async () => {
    const s = await stripeScenario({ most: 3 });
    const { id: customer } = await s.stripe.customers.create({});
    const { id } = await s.stripe.paymentMethods.attach('pm_card_visa', { customer });
    for (let n = 0; n < 5; n++) await s.captured();
    expect((await s.stripe.paymentMethods.retrieve(id)).customer).toBe(customer);
    await s.close();
  });
});

describe('a form of the double of Stripe', () => {
  it.each([
    ['a=1&b=', { a: '1', b: '' }],
    ['metadata[booking]=b%201&metadata[slot]=s1', { metadata: { booking: 'b 1', slot: 's1' } }],
    ['expand[]=charge&expand[]=customer', { expand: { 0: 'charge', 1: 'customer' } }],
    ['items[0][price][currency]=usd', { items: { 0: { price: { currency: 'usd' } } } }],
    ['a=1&a=2', { a: '2' }],
    ['', {}],
  ])('reads %s', (source, form) => {
    expect(JSON.parse(JSON.stringify(parseForm(source)))).toEqual(form);
  });

  it.each(['[a]=1', 'a[b=1', 'a]b=1', 'a[b][c][d][e][f][g]=1', '=1'])('refuses %s', (source) => {
    expect(() => parseForm(source)).toThrow(/Invalid name/);
  });

  it('lets no name reach what every object has', () => {
    const form = parseForm('__proto__[admin]=1&constructor[prototype][admin]=1');
    expect(({} as { admin?: unknown }).admin).toBeUndefined();
    expect(form['toString']).toBeUndefined();
  });
});

describe('a month of the double of Stripe', () => {
  it.each([
    ['2026-01-31T10:00:00Z', '2026-02-28T10:00:00Z'],
    ['2028-01-31T10:00:00Z', '2028-02-29T10:00:00Z'],
    ['2026-12-15T10:00:00Z', '2027-01-15T10:00:00Z'],
  ])('that begins at %s ends at %s', (start, end) => {
    expect(nextEnd(Date.parse(start) / 1000, 'month')).toBe(Date.parse(end) / 1000);
  });
});
