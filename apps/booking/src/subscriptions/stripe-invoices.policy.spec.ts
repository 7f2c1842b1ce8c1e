import type Stripe from 'stripe';
import { paidInvoiceOf, periodsOf } from './stripe-invoices.policy.ts';

const at = (day: number): Date => new Date(Date.UTC(2030, 2, day));
const line = (
  from: number,
  until: number,
  { subscription = 'sub_1', proration = false, price = 'price_1', quantity = 1 } = {},
) => ({
  period: { start: at(from).getTime() / 1000, end: at(until).getTime() / 1000 },
  quantity,
  pricing: { price_details: { price } },
  parent: { subscription_item_details: { subscription, proration } },
});
const invoice = (lines: unknown[], subscription: unknown = 'sub_1') =>
  ({
    id: 'in_1',
    status: 'paid',
    parent: { subscription_details: { subscription } },
    lines: { data: lines },
  }) as unknown as Stripe.Invoice;

describe('a paid invoice', () => {
  it('is for the period of its line', () => {
    expect(paidInvoiceOf(invoice([line(1, 8)]))).toEqual({
      id: 'in_1',
      stripeId: 'sub_1',
      priceId: 'price_1',
      quantity: 1,
      startsAt: at(1),
      endsAt: at(8),
    });
  });

  it('is read alike where Stripe writes out what it else names', () => {
    const price = { id: 'price_1' } as unknown as string;
    const written = invoice([line(1, 8, { price })], { id: 'sub_1' });
    expect(paidInvoiceOf(written)).toEqual(paidInvoiceOf(invoice([line(1, 8)])));
  });

  it('is for the newest whole period, beside what settles a change', () => {
    const lines = [line(1, 8), line(4, 8, { proration: true }), line(8, 15, { price: 'price_2', quantity: 2 })];
    expect(paidInvoiceOf(invoice(lines))).toMatchObject({ priceId: 'price_2', quantity: 2, startsAt: at(8) });
  });

  it.each<[string, Stripe.Invoice]>([
    ['a change in the midst of a period', invoice([line(4, 8, { proration: true })])],
    ['another subscription', invoice([line(1, 8, { subscription: 'sub_2' })])],
    ['no time at all', invoice([line(1, 1)])],
    ['goods', invoice([{ ...line(1, 8), parent: null }])],
    ['no subscription', { ...invoice([line(1, 8)]), parent: null }],
    ['nothing', invoice([])],
    ['something that was not paid after all', { ...invoice([line(1, 8)]), status: 'void' }],
  ])('for %s begins no period', (_, nothing) => {
    expect(paidInvoiceOf(nothing)).toBeNull();
  });
});

describe('the periods of paid invoices', () => {
  it.each<[string, [number, number][], [number, number][]]>([
    ['none', [], []],
    [
      'in order, however they came',
      [
        [8, 15],
        [1, 8],
      ],
      [
        [1, 8],
        [8, 15],
      ],
    ],
    [
      'with a gap where nothing was paid',
      [
        [1, 8],
        [15, 22],
      ],
      [
        [1, 8],
        [15, 22],
      ],
    ],
    [
      'cut short by one that begins before their end',
      [
        [5, 12],
        [1, 8],
      ],
      [
        [1, 5],
        [5, 12],
      ],
    ],
    [
      'one of two that begin at once, to the later end',
      [
        [1, 8],
        [1, 15],
      ],
      [[1, 15]],
    ],
    [
      'cut short, the longer of two at once too',
      [
        [1, 8],
        [1, 15],
        [10, 17],
      ],
      [
        [1, 10],
        [10, 17],
      ],
    ],
  ])('are %s', (_, paid, periods) => {
    const spans = (list: [number, number][]) =>
      list.map(([from, until]) => ({ startsAt: at(from), endsAt: at(until) }));
    expect(periodsOf(spans(paid))).toEqual(spans(periods));
    expect(periodsOf(spans(paid.toReversed()))).toEqual(spans(periods));
  });
});
