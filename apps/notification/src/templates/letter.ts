/** What a message says, before it is set as text or as HTML; plain text, all of it. */
export interface Letter {
  /** BCP 47 tag of the language that it is in. */
  readonly language: string;
  readonly subject: string;
  readonly greeting: string;
  readonly headline: string;
  readonly lead: string;
  /** All of it in a sentence or two, for where there is little room. */
  readonly brief: string;
  /** What the other person wrote, word for word. */
  readonly quote?: string;
  readonly facts: readonly (readonly [label: string, value: string])[];
  /** Lines of a list, such as the lessons of a day. */
  readonly list?: readonly string[];
  readonly action?: { readonly label: string; readonly link: string };
  readonly footer: string;
  /** How its reader ends mails like this one; none where they cannot be ended. */
  readonly unsubscribe?: { readonly label: string; readonly link: string };
}
