import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { ROOT } from './root.mjs';

const require = createRequire(join(ROOT, 'package.json'));

/** The HTML that all mails are set in: tables that every mail program understands, made of what people can read. */
export async function mailLayout() {
  const mjml = require('mjml');
  const source = readFileSync(join(ROOT, 'apps/notification/src/templates/layout.mjml'), 'utf8');
  const { html } = await (mjml.default ?? mjml)(source, { validationLevel: 'strict', keepComments: false, fonts: {} });
  // Indentation is a third of each mail.
  return `${html.replaceAll(/\n\s*/g, '\n').trim()}\n`;
}
