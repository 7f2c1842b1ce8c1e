/**
 * What a card does: `ok` pays; `declined` is refused at once; `expires` authorizes, and the authorization is gone when it is
 * to be captured; `capture_refused` authorizes, and the bank refuses the capture.
 */
export const CARDS = ['ok', 'declined', 'expires', 'capture_refused'] as const;

export type Card = (typeof CARDS)[number];

/** Stripe's own test cards that the double knows; the third can be saved, and is declined when it is charged. */
export const TEST_METHODS: Readonly<Record<string, { readonly saves: Card; readonly pays: Card }>> = {
  pm_card_visa: { saves: 'ok', pays: 'ok' },
  pm_card_chargeDeclined: { saves: 'declined', pays: 'declined' },
  pm_card_chargeCustomerFail: { saves: 'ok', pays: 'declined' },
};
