import { DeliveryFailure } from '../deliveries/delivery-failure.ts';

/** What became of one message on one device; `code` is the provider's word or status, never what it wrote. */
export type Outcome =
  | { readonly fate: 'taken' }
  /** The device is there no more. */
  | { readonly fate: 'gone'; readonly code: string }
  /** This message will never be taken for this device. */
  | { readonly fate: 'refused'; readonly code: string }
  | {
      readonly fate: 'later';
      readonly code: string;
      readonly retryAfterMs: number | null;
      /** Whether its address is its owner's to choose: what fails there says nothing of others. */
      readonly isOwn?: boolean;
    };

export const TAKEN: Outcome = { fate: 'taken' };

/** Nobody heard whether it was taken: a repeat replaces it, so that it may be tried again. */
export const unheard = (code: string): Outcome => ({ fate: 'later', code, retryAfterMs: null });

/** Why a message did not reach all devices that it should have, or null where it did: those that are gone do not count. */
export function failureOf(outcomes: readonly Outcome[], hadBefore: boolean): DeliveryFailure | null {
  const later = outcomes.filter((outcome) => outcome.fate === 'later');
  if (later.length > 0) {
    const rest = Math.max(...later.map(({ retryAfterMs }) => retryAfterMs ?? 0));
    const text = `${later.length} of ${outcomes.length} devices could not be reached: ${codesOf(later)}`;
    const isProviders = later.some(({ isOwn = false }) => !isOwn);
    return new DeliveryFailure('later', later[0]!.code, text, rest > 0 ? rest : null, isProviders);
  }
  if (hadBefore || outcomes.some(({ fate }) => fate === 'taken')) return null;
  const refused = outcomes.filter((outcome) => outcome.fate === 'refused');
  if (refused.length === 0) return new DeliveryFailure('for_good', 'no_device', 'no device');
  return new DeliveryFailure('for_good', refused[0]!.code, `no device would take it: ${codesOf(refused)}`);
}

const codesOf = (outcomes: readonly { readonly code: string }[]): string =>
  [...new Set(outcomes.map(({ code }) => code))].join(', ');
