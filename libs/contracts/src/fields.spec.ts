import { Count, Email, Instant, ListOf, Maybe, Moment, Nullable, Text, Uuid } from './fields.ts';
import { Malformed, parse } from './parse.ts';

class Item {
  @Count(1, 10) readonly size!: number;
}

class Order {
  @Uuid() readonly order_id!: string;
  @Maybe() @Email() readonly email?: string;
  @Instant() readonly ordered_at!: string;
  @Moment() readonly wanted_at!: string;
  @Text(1, 20) readonly name!: string;
  @Maybe() @Text(0, 5) readonly note?: string;
  @Nullable() @Count(0, 9) readonly discount!: number | null;
  @ListOf(() => Item, 2) readonly items!: Item[];
}

const order = {
  order_id: '5d7cf1de-3f1a-4f6b-8f5e-6a2a7f1a9c03',
  ordered_at: '2026-12-01T16:00:00Z',
  wanted_at: '2026-12-01T16:00:00+02:00',
  name: 'Ann 🎉',
  discount: null,
  items: [{ size: 3 }],
};

const complaintsOf = (data: unknown): string[] => {
  try {
    parse(Order, data);
    return [];
  } catch (error) {
    if (error instanceof Malformed) return Object.keys(error.facts['fields'] as object);
    throw error;
  }
};

describe('a class of fields', () => {
  it('takes what it describes, and drops what it does not', () => {
    expect(parse(Order, { ...order, secret: 1 })).toEqual(order);
  });

  it.each<[string, object, string]>([
    ['an id that is none', { order_id: 'x' }, 'order_id'],
    ['an e-mail address with half an emoji', { email: 'ann\ud83c@example.org' }, 'email'],
    ['an e-mail address that is none', { email: 'ann' }, 'email'],
    ['an instant without Z', { ordered_at: '2026-12-01T16:00:00+02:00' }, 'ordered_at'],
    ['an instant of an hour that there is not', { ordered_at: '2026-12-01T24:00:00Z' }, 'ordered_at'],
    ['a moment without a zone', { wanted_at: '2026-12-01T16:00:00' }, 'wanted_at'],
    ['a moment that is a day', { wanted_at: '2026-12-01' }, 'wanted_at'],
    ['a moment on the 30th of February', { wanted_at: '2026-02-30T16:00:00Z' }, 'wanted_at'],
    ['a moment of the year 9999', { wanted_at: '9999-01-01T16:00:00Z' }, 'wanted_at'],
    ['a name with a line break, which could end a mail’s header', { name: 'Ann\r\nBcc: all' }, 'name'],
    ['a name with a NUL, which PostgreSQL refuses', { name: 'Ann\u0000' }, 'name'],
    ['a name with half an emoji, which no JSON column takes', { name: 'Ann \ud83c' }, 'name'],
    ['a list for a text', { name: ['Ann'] }, 'name'],
    ['null for an optional field', { note: null }, 'note'],
    ['a nullable field that is missing', { discount: undefined }, 'discount'],
    ['a fraction', { discount: 0.5 }, 'discount'],
    ['a text for a number', { discount: '1' }, 'discount'],
    ['too long a list', { items: [{ size: 1 }, { size: 1 }, { size: 1 }] }, 'items'],
    ['a bad item, by its path', { items: [{ size: 1 }, { size: 11 }] }, 'items.1.size'],
    ['null for an item', { items: [null] }, 'items.0'],
  ])('refuses %s', (_, change, field) => {
    expect(complaintsOf({ ...order, ...change })).toEqual([field]);
  });

  it.each([null, undefined, 'text', 7, [order]])('names every field when there is no object at all: %p', (data) => {
    expect(complaintsOf(data)).toEqual(['order_id', 'ordered_at', 'wanted_at', 'name', 'discount', 'items']);
  });

  it('keeps an id in small letters, and drops no address', () => {
    const given = { ...order, order_id: order.order_id.toUpperCase(), email: 'ann@example.org' };
    expect(parse(Order, given)).toEqual({ ...order, email: 'ann@example.org' });
  });

  it('never repeats what was sent, which may be a secret', () => {
    expect(() => parse(Order, { ...order, order_id: 'hunter2' })).toThrow(
      expect.objectContaining({ facts: expect.not.stringContaining('hunter2') }),
    );
  });
});
