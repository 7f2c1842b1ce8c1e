import type { Tx } from '@scheduling/persistence';
import type { Channel } from '../messages/kinds.ts';
import type { Letter } from '../messages/letter.ts';
import type { Message } from '../messages/message.ts';
import type { Parties } from '../messages/parties.ts';
import type { Recipient } from '../recipients/recipients.store.ts';

/** A message that is ready to go out, with those who are concerned and what it says. */
export interface Delivery {
  readonly message: Message;
  readonly parties: Parties;
  readonly letter: Letter;
}

/** What a provider said to a message that it took. */
export interface Handed {
  /** Its own words, short. */
  readonly response: string;
  /** What it calls the message from now on. */
  readonly providerId?: string;
  /** Whether a calendar file went with it. */
  readonly hasFile?: boolean;
  /** Whether to be handed over is to be delivered. */
  readonly isDelivered?: boolean;
  /** What else is written in the transaction that marks it sent. */
  readonly record?: (tx: Tx) => Promise<void>;
  /** Hears that the ledger knows, or never will. */
  readonly end?: () => void;
}

/** Whether a reader can be reached: `wait` says what is still missing of them, `never` why not at all. */
export type Reach = 'yes' | { readonly wait: string } | { readonly never: string };

/** The ways that are provided to the deliveries, one for each channel. */
export const WAYS = Symbol('WAYS');

/** One way to reach people. */
export abstract class Way {
  abstract readonly channel: Channel;
  /** Whether it is set up; else what would go on it is written down as skipped. */
  abstract readonly isOn: boolean;
  /** Why it is off, in a few words: `no mail server is set up`. */
  abstract readonly silence: string;
  /** How many messages are handed over beside each other. */
  abstract readonly width: number;
  /** How many of them are taken from the ledger at once. */
  readonly portion: number = 1;
  /** Whether to hand over is to write down, so that it is done in the transaction that takes. */
  readonly isInside: boolean = false;
  /** How many may be handed over in a second, by each replica. */
  abstract readonly perSecond: number;
  /** Whether this reader can be reached. */
  abstract reach(reader: Recipient): Reach;
  /** Hands a message over; throws `DeliveryFailure`. */
  abstract hand(delivery: Delivery): Promise<Handed>;
  /**
   * Looks up what became of a try whose outcome is unknown: answers what the provider says of it, null where it surely never
   * arrived, and throws `DeliveryFailure` where that cannot be told. Without it such a message is handed over again.
   */
  find?(delivery: Delivery): Promise<Handed | null>;
  /** Lets go of connections. */
  close(): void {}
}
