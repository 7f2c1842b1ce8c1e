// node tools/containers/production.mjs <app|jobs> <folder>: copies what runs in production, and nothing else, into a folder.
import { cpSync, existsSync, mkdirSync, readFileSync, symlinkSync } from 'node:fs';
import { basename, join, relative, sep } from 'node:path';
import { KEEPERS } from '../start/apps.mjs';
import { ROOT } from '../start/settings.mjs';
import { askedBy, withDependencies } from './packages.mjs';

/** Jobs bring the schemas of those who keep something up to date, and look into them. */
const JOBS = ['start', 'postgres', 'keys', 'audit', 'events']
  .map((tool) => join('tools', tool))
  .filter((tool) => existsSync(join(ROOT, tool)));

/** Of Google's hundreds of clients, the one that we call. */
const PARTS = { googleapis: { folder: join('build', 'src', 'apis'), keep: ['calendar'] } };

/** What nobody reads when it runs; licences stay. */
const IDLE = /\.(map|[cm]?tsx?|flow)$|\/(?!licen[sc]e)[^/]*\.(md|markdown)$/i;

const [what, target] = process.argv.slice(2);
const apps = what === 'jobs' ? KEEPERS : [what];
const missing = apps.find((app) => !app || !existsSync(join(ROOT, 'apps', app, 'dist', 'main.js')));
if (missing !== undefined || !target) {
  console.error(`There is no app ${missing}: say which with --build-arg APP=booking.`);
  process.exit(1);
}

const own = ownFolders([...apps.map((app) => join('apps', app)), ...(what === 'jobs' ? JOBS : [])]);
const production = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')).dependencies;
const packages = withDependencies(
  own.flatMap((folder) => askedBy(codeOf(folder)).filter((name) => name in production)),
  ROOT,
  (name) => name in production,
);

for (const folder of own) copyOwn(folder);
for (const folder of packages) copyPackage(folder);
copy('package.json');
if (what === 'gateway') copy(join('docs', 'openapi.json'));
for (const file of what === 'jobs' ? ['keep-secrets.mjs'] : ['service.mjs', 'healthy.mjs'])
  copy(join('tools', 'containers', file));
console.log(`${what}: ${own.length} folders of ours, ${packages.length} packages`);

/** Our folders that these need, themselves among them: apps, tools and every lib that is asked for on the way. */
function ownFolders(folders) {
  const found = new Set();
  const follow = (folder) => {
    if (found.has(folder)) return;
    found.add(folder);
    for (const name of askedBy(codeOf(folder)).filter(isOwn)) follow(join('libs', basename(name)));
  };
  for (const folder of folders) follow(folder);
  return [...found];
}

function isOwn(name) {
  return name.startsWith('@scheduling/');
}

function codeOf(folder) {
  return folder.startsWith('tools') ? join(ROOT, folder) : join(ROOT, folder, 'dist');
}

function copyOwn(folder) {
  if (folder.startsWith('tools')) return copy(folder);
  copy(join(folder, 'package.json'));
  copy(join(folder, 'dist'));
  if (!folder.startsWith('libs')) return;
  const link = join(target, 'node_modules', '@scheduling', basename(folder));
  mkdirSync(join(target, 'node_modules', '@scheduling'), { recursive: true });
  symlinkSync(join('..', '..', folder), link);
}

/** A package by itself: those below it come by their own names, if they are needed. */
function copyPackage(folder) {
  const part = PARTS[folder.slice(folder.lastIndexOf('node_modules') + 'node_modules/'.length)];
  copy(folder, (inside) => {
    if (inside.split(sep).includes('node_modules')) return false;
    if (!part || !inside.startsWith(part.folder + sep)) return true;
    return part.keep.includes(inside.slice(part.folder.length + 1).split(sep)[0]);
  });
}

function copy(path, isWanted = () => true) {
  const from = join(ROOT, path);
  cpSync(from, join(target, path), {
    recursive: true,
    verbatimSymlinks: true,
    filter: (file) => !IDLE.test(file.slice(ROOT.length)) && isWanted(relative(from, file)),
  });
}
