/** HTML in which every value that was text has been escaped. */
export class Html {
  constructor(private readonly source: string) {}

  toString(): string {
    return this.source;
  }
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

const written = (part: Html | readonly Html[] | string): string => {
  if (typeof part === 'string') return part.replaceAll(/[&<>"']/g, (mark) => ENTITIES[mark] ?? mark);
  return part instanceof Html ? part.toString() : part.join('\n');
};

/** Writes HTML and escapes every text put into it, between tags as in quoted attributes. */
export const html = (strings: TemplateStringsArray, ...parts: (Html | readonly Html[] | string)[]): Html =>
  new Html(String.raw({ raw: strings }, ...parts.map(written)));
