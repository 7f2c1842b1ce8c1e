/** HTML that is safe to put into a page: what was text has been escaped. */
export class Html {
  constructor(private readonly source: string) {}

  toString(): string {
    return this.source;
  }
}

type Part = Html | readonly Html[] | string | number;

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
const escaped = (text: string) => text.replaceAll(/[&<>"']/g, (mark) => ENTITIES[mark] ?? mark);

const written = (part: Part): string => {
  if (part instanceof Html) return part.toString();
  return typeof part === 'object' ? part.join('\n') : escaped(String(part));
};

/** Writes HTML, and escapes every value in it that is not HTML itself: in text and in quoted attributes. */
export const html = (strings: TemplateStringsArray, ...parts: Part[]): Html =>
  new Html(String.raw({ raw: strings }, ...parts.map(written)));
