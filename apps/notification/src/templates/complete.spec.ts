import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Liquid } from 'liquidjs';
import { parse } from 'yaml';
import { htmlOf, textOf } from './layout.ts';
import { type Locale, LOCALES } from './format.ts';
import { letterOf } from '../messages/letter.ts';
import { type Kind, KINDS } from '../messages/kinds.ts';
import { peopleOf } from '../messages/message.ts';
import { exampleOf } from '../preview/examples.ts';
import { sam } from '../../test/letters.ts';

const MESSAGES = join(__dirname, '..', 'messages');
const folders = [
  join(__dirname, 'words'),
  ...Object.keys(KINDS).map((kind) => join(MESSAGES, kind.replaceAll('_', '-'))),
];
const from = { name: 'Lessons', address: 'lessons@example.org', domain: 'example.org' };
const SAID_AT = new Date('2026-11-22T10:00:00Z');

const keysOf = (folder: string, locale: string) =>
  Object.keys(parse(readFileSync(join(folder, `${locale}.yaml`), 'utf8')) as object);
const variablesOf = (folder: string, locale: string): string[] => {
  const texts = parse(readFileSync(join(folder, `${locale}.yaml`), 'utf8')) as Record<string, string>;
  const liquid = new Liquid();
  return Object.values(texts).flatMap((text) => liquid.globalVariablesSync(liquid.parse(text)));
};

describe('templates', () => {
  it.each(folders.map((folder) => [folder.split('/').at(-1)!, folder]))(
    'of %s say as much in each language',
    (_name, folder) => {
      expect(readdirSync(folder).filter((file) => file.endsWith('.yaml'))).toHaveLength(LOCALES.length);
      const known = new Set(variablesOf(folder, 'en'));
      for (const locale of LOCALES) {
        expect(keysOf(folder, locale)).toEqual(keysOf(folder, 'en'));
        expect(
          variablesOf(folder, locale).filter((name) => !known.has(name) && name !== 'lesson' && name !== 'other'),
        ).toEqual([]);
      }
    },
  );

  const all = Object.keys(KINDS).flatMap((kind) =>
    LOCALES.flatMap((locale) => [0, 1].map((who) => [kind as Kind, locale, who] as const)),
  );
  it.each(all)('say %s in %s to the one or the other: %d', (kind: Kind, locale: Locale, who: number) => {
    const news = exampleOf(kind);
    const id = peopleOf(news)[who] ?? peopleOf(news)[0]!;
    for (const other of ['Olena', '', '<b>"Ann"</b>\r\nBcc: eve@example.org']) {
      const letter = letterOf(news, { reader: { ...sam, id, locale }, other, from, byFile: true }, SAID_AT);
      expect(letter.language).toBe(locale);
      for (const said of [letter.subject, letter.headline, letter.lead, letter.brief, letter.greeting, letter.footer]) {
        expect(said).toMatch(/\S/);
        // Nothing is left open, doubled or torn.
        expect(said).not.toMatch(/[{}\r\n]|undefined|null|NaN| {2}|\s[,.:]|^\s|\s$/);
      }
      expect(htmlOf(letter)).not.toContain('<b>');
      expect(textOf(letter)).toContain(letter.lead);
    }
  });
});
