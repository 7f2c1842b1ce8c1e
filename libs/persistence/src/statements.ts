/** The text of a template with a parameter for each value. */
export const bound = (text: TemplateStringsArray): string =>
  text.reduce((before, after, i) => `${before}$${i}${after}`);

/** A statement that PostgreSQL knows by its name once it has planned it. */
export interface NamedStatement {
  readonly name: string;
  readonly text: string;
}

/** A statement whose text is put together once, when its module is loaded, and never from what a user wrote. */
export const statement = (text: string): NamedStatement => ({ name: `written_${++written}`, text });
let written = 0;

const named = new Map<TemplateStringsArray, NamedStatement>();

/** A statement under a name that no other text has; each place in the code makes one template, so these are few. */
export function namedStatement(template: TemplateStringsArray, write = bound): NamedStatement {
  const known = named.get(template);
  if (known) return known;
  const statement = { name: `statement_${named.size + 1}`, text: write(template) };
  named.set(template, statement);
  return statement;
}
