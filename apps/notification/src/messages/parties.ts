import type { Mailbox } from '../mailbox.ts';
import type { Recipient } from '../recipients/recipients.store.ts';

/** Who reads a message and how their calendar follows, whom the lesson is with (empty while nobody knows), and who calls to it. */
export interface Parties {
  readonly reader: Recipient;
  readonly other: string;
  readonly from: Mailbox;
  /** Whether a file changes the reader's calendar; else it follows by itself. */
  readonly byFile: boolean;
}
