import { withSecurity } from './security.policy.ts';

describe('what an operation asks of callers', () => {
  const id = { in: 'path', name: 'id' };
  const signature = { in: 'header', name: 'Stripe-Signature' };

  it('is a token, unless it is open to everybody', () => {
    const get = { parameters: [id] };
    expect(withSecurity({ get })).toEqual({ get });
  });

  it('is nothing where everybody may', () =>
    expect(withSecurity({ get: { 'x-public': true, parameters: [id] } })).toEqual({
      get: { 'x-public': true, parameters: [id], security: [] },
    }));

  it("is a provider's signature, which is no parameter then", () =>
    expect(withSecurity({ post: { 'x-public': true, parameters: [id, signature] } })).toEqual({
      post: { 'x-public': true, parameters: [id], security: [{ stripe: [] }] },
    }));
});
