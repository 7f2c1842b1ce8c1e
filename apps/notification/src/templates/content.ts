import type { Recipient } from '../recipients/recipients.store.ts';
import type { Format } from './format.ts';

/** The labels of what a letter lists, each with its words in words/<locale>.yaml. */
export const FACTS = [
  'when',
  'was',
  'now',
  'length',
  'tutor',
  'student',
  'price',
  'refund',
  'lesson',
  'why',
  'proposed',
  'answer_by',
  'pay_by',
  'yours_until',
  'last_read',
  'dates',
] as const;
export type Fact = (typeof FACTS)[number];

/** A value as it is, or the template of the kind that says it. */
export type Said = string | { readonly say: string };

/** What there is to say to one reader, before it is put into words. */
export interface Content {
  /** What templates may name: what is formatted already, and yes or no. */
  readonly values: Readonly<Record<string, string | number | boolean>>;
  /** What is listed, in this order; what is said empty is left out. */
  readonly facts: readonly (readonly [Fact, Said])[];
  /** What the other person wrote, word for word. */
  readonly quote?: string;
  /** Where the button leads; its label is the template `action`. */
  readonly link?: string | undefined;
  /** Lines of a list, such as lessons of a day. */
  readonly list?: readonly string[];
  /** What the footer names it by. */
  readonly reference?: { readonly of: 'booking' | 'waitlist' | 'series'; readonly id: string };
}

/** Who reads, and how things are written for them. */
export interface Reading {
  readonly reader: Recipient;
  /** Whom the lesson is with; empty while nobody knows. */
  readonly other: string;
  /** Whether a file changes the reader's calendar; else it follows by itself. */
  readonly byFile: boolean;
  /** When it was first planned to be said. */
  readonly saidAt: Date;
  readonly format: Format;
  /** Says one of the kind's own templates: for lines of a list. */
  readonly say: (template: string, values: Content['values']) => string;
}
