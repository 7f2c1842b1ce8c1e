/**
 * A rule's text with some of its parts said otherwise, or taken out by null; the others stay as they were written.
 * The text is one that `parseRule` has read.
 */
export function withParts(rule: string, changes: Readonly<Record<string, string | null>>): string {
  const name = /^RRULE:/i.exec(rule)?.[0] ?? '';
  const parts = rule.slice(name.length).split(';');
  const kept = parts.filter((part) => !Object.hasOwn(changes, part.slice(0, part.indexOf('=')).toUpperCase()));
  const said = Object.entries(changes).filter(([, value]) => value !== null);
  return name + [...kept, ...said.map(([part, value]) => `${part}=${value}`)].join(';');
}

/** An instant as RFC 5545 writes it, such as `20300304T140000Z`. */
export const asUntil = (at: Date): string => at.toISOString().replace(/[-:]|\.\d{3}/g, '');
