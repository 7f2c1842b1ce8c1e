import { existsSync, globSync, readFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { dirname, join, relative } from 'node:path';

/** `require('x')`, and `import … from 'x'`, of compiled files. */
const ASKED = /(?:\brequire(?:\.resolve)?\(|\bfrom |\bimport )\s*["']([^"'./][^"']*)["']/g;
const BUILT_IN = new Set(builtinModules);

/** The names of the packages that the compiled files of a folder ask for, such as `@nestjs/common`. */
export function askedBy(folder) {
  const files = globSync('**/*.{js,mjs}', { cwd: folder });
  const asked = files.flatMap((file) => [...readFileSync(join(folder, file), 'utf8').matchAll(ASKED)]);
  const names = asked.map(([, path]) => path).filter((path) => !path.startsWith('node:'));
  return [...new Set(names.map(packageOf))].filter((name) => !BUILT_IN.has(name)).toSorted();
}

/** The package that a module's path begins with. */
const packageOf = (path) =>
  path
    .split('/')
    .slice(0, path.startsWith('@') ? 2 : 1)
    .join('/');

/**
 * The folders of packages, below `root`, and of all that they depend on, as npm has placed them; a package's optional
 * peers are among them where they are installed for production, since it looks for them when it runs.
 */
export function withDependencies(names, root, isForProduction) {
  const found = new Set();
  const follow = (name, from, isOptional) => {
    const folder = placeOf(name, from, root);
    if (!folder && isOptional) return;
    if (!folder) throw new Error(`${name} is not installed, and ${relative(root, from) || 'the app'} needs it.`);
    if (found.has(folder)) return;
    found.add(folder);
    const { dependencies, optionalDependencies, peerDependencies, peerDependenciesMeta } = manifestOf(folder);
    for (const one of Object.keys(dependencies ?? {})) follow(one, folder, Boolean(optionalDependencies?.[one]));
    for (const one of Object.keys(optionalDependencies ?? {})) follow(one, folder, true);
    for (const one of Object.keys(peerDependencies ?? {}))
      if (!peerDependenciesMeta?.[one]?.optional || isForProduction(one)) follow(one, folder, true);
  };
  for (const name of names) follow(name, root, false);
  return [...found].map((folder) => relative(root, folder)).toSorted();
}

const manifestOf = (folder) => JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));

/** Where Node finds a package from a folder: in the nearest node_modules at or above it. */
function placeOf(name, from, root) {
  for (let at = from; ; at = dirname(at)) {
    const folder = join(at, 'node_modules', name);
    if (existsSync(join(folder, 'package.json'))) return folder;
    if (at === root) return undefined;
  }
}
