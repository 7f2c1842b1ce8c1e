import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Liquid } from 'liquidjs';
import type { Letter } from './letter.ts';

/** Whatever a letter says is text: it is escaped, each time. */
const liquid = new Liquid({ outputEscape: 'escape', ownPropertyOnly: true });
/** Made of layout.mjml by `npm run generate`. */
const layout = liquid.parse(readFileSync(join(__dirname, 'layout.html'), 'utf8'));

/** Sets a letter as an HTML document of at most 600 pixels: readable without styles, light and dark. */
export const htmlOf = (letter: Letter): string => String(liquid.renderSync(layout, letter));

/** Sets a letter as plain text. */
export function textOf({ greeting, lead, quote, facts, list = [], action, footer, unsubscribe }: Letter): string {
  const width = Math.max(...facts.map(([label]) => label.length)) + 2;
  const paragraphs = [
    greeting,
    lead,
    quote && `"${quote}"`,
    facts.map(([label, value]) => `${`${label}:`.padEnd(width)}${value}`).join('\n'),
    list.map((line) => `- ${line}`).join('\n'),
    action && `${action.label}:\n${action.link}`,
    `-- \n${footer}`,
    unsubscribe && `${unsubscribe.label}: ${unsubscribe.link}`,
  ];
  return `${paragraphs.filter(Boolean).join('\n\n')}\n`;
}
