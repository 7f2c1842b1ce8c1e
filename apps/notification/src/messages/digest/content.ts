import type { MorningDigest } from '../../preferences/digest.ts';
import type { Content } from '../../templates/content.ts';

/** Tells in one mail what can wait; each item is in its reader's words already. */
export const digest = (event: MorningDigest): Content => ({
  values: { many: event.items.length },
  facts: [],
  list: event.items.map(({ headline, brief, link }) => [`${headline}: ${brief}`, ...(link ? [link] : [])].join(' ')),
});
