import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Liquid, type Template } from 'liquidjs';
import { parse } from 'yaml';
import type { Kind } from '../messages/kinds.ts';
import type { Content } from './content.ts';
import { type Locale, LOCALES } from './format.ts';

/** Letters are plain text: whoever sets them as HTML escapes all of it. What a template names must be there. */
const liquid = new Liquid({ strictVariables: true, strictFilters: true, ownPropertyOnly: true });

/** The templates of one file, by their names. */
type Sheet = ReadonlyMap<string, Template[]>;
type Sheets = ReadonlyMap<Locale, Sheet>;

const KINDS_FOLDER = join(__dirname, '..', 'messages');
const WORDS_FOLDER = join(__dirname, 'words');

/** Reads the templates of a folder, a file for each locale; YAML, each value a Liquid template. */
function readSheets(folder: string): Sheets {
  const present = LOCALES.filter((locale) => existsSync(join(folder, `${locale}.yaml`)));
  return new Map(present.map((locale) => [locale, readSheet(join(folder, `${locale}.yaml`))]));
}

function readSheet(file: string): Sheet {
  const texts = parse(readFileSync(file, 'utf8')) as Record<string, string>;
  return new Map(Object.entries(texts).map(([name, text]) => [name, liquid.parse(text.trim())]));
}

// Once, when the process starts: a template that is not well-formed keeps it from starting.
const words = readSheets(WORDS_FOLDER);
const kinds = new Map(
  readdirSync(KINDS_FOLDER, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => [name, readSheets(join(KINDS_FOLDER, name))] as const),
);

function render(sheets: Sheets | undefined, locale: Locale, name: string, values: Content['values']): string | null {
  // What a translation lacks is said in English.
  const template = sheets?.get(locale)?.get(name) ?? sheets?.get('en')?.get(name);
  return template
    ? String(liquid.renderSync(template, values))
        .replaceAll(/[ \t\r\n]+/g, ' ')
        .trim()
    : null;
}

/** Says a template of a kind; throws where the kind has none of that name, or names what is not there. */
export function say(kind: Kind, locale: Locale, name: string, values: Content['values']): string {
  const said = render(kinds.get(kind.replaceAll('_', '-')), locale, name, values);
  if (said === null) throw new Error(`${kind} has no template ${name}`);
  return said;
}

/** Says what all kinds share, such as the greeting. */
export function word(locale: Locale, name: string, values: Content['values'] = {}): string {
  const said = render(words, locale, name, values);
  if (said === null) throw new Error(`there are no words for ${name}`);
  return said;
}

/** Whether a kind has a template of this name. */
export const hasTemplate = (kind: Kind, name: string): boolean =>
  kinds.get(kind.replaceAll('_', '-'))?.get('en')?.has(name) ?? false;
