import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../generate/root.mjs';

/** Licences that let us ship what is under them. */
const ALLOWED = new Set([
  'MIT',
  'MIT-0',
  'ISC',
  'Apache-2.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  '0BSD',
  'BlueOak-1.0.0',
  'CC0-1.0',
  'Unlicense',
  'Python-2.0',
  'PostgreSQL',
]);

/** Packages under another licence, each with the reason why that is no harm. */
const EXCEPTIONS = JSON.parse(readFileSync(new URL('./licences.json', import.meta.url), 'utf8'));

/** Whether every package that goes into production may: by the licences that the lock file's packages name. */
export async function licences() {
  const lock = JSON.parse(readFileSync(join(ROOT, 'package-lock.json'), 'utf8'));
  const packages = Object.entries(lock.packages).filter(
    ([path, { dev, link }]) => path.startsWith('node_modules/') && !dev && !link,
  );
  const found = packages.map(([path, entry]) => ({
    name: path.split('node_modules/').at(-1),
    licence: entry.license ?? licenceIn(path),
  }));
  const wrong = found.filter(({ name, licence }) => !isAllowed(licence) && EXCEPTIONS[name]?.licence !== licence);
  const unused = Object.keys(EXCEPTIONS).filter((name) => !found.some((one) => one.name === name));
  const said = [
    ...wrong.map(({ name, licence }) => `${name} is under ${licence ?? 'no licence that it names'}`),
    ...unused.map((name) => `${name} has an exception, and is not installed`),
  ];
  return { ok: said.length === 0, said: said.join('\n') };
}

/** `(MIT OR Apache-2.0)` is allowed where one of them is, `MIT AND ISC` where all are. */
const isAllowed = (licence) =>
  typeof licence === 'string' &&
  licence
    .replaceAll(/[()]/g, '')
    .split(' OR ')
    .some((one) => one.split(' AND ').every((part) => ALLOWED.has(part.trim())));

/** What a package says of itself where the lock file does not. */
function licenceIn(path) {
  try {
    const { license, licenses } = JSON.parse(readFileSync(join(ROOT, path, 'package.json'), 'utf8'));
    return license?.type ?? license ?? licenses?.map(({ type }) => type).join(' OR ');
  } catch (error) {
    if (error.code === 'ENOENT') return undefined; // an optional one for another platform
    throw error;
  }
}
