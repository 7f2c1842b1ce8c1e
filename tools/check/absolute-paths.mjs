import { execFileSync } from 'node:child_process';
import { ROOT } from '../generate/root.mjs';
import { trackedFiles } from './tracked-files.mjs';

/** Folders that are somebody's own; `/root` in a URL or a longer path of ours is none. */
const OWN_FOLDER = /(?<![\w.~\-/:])\/(home|root|work|Users)\/[\w.-]/;

/** The one registry that every machine knows. */
const PUBLIC = 'registry.npmjs.org';
const RESOLVED = /"resolved": "https?:\/\/([^/"]+)/g;

/** Names each file that would be right on one machine only. */
export async function absolutePaths() {
  const registry = registryOfThisMachine();
  const complaints = trackedFiles().flatMap(({ path, text }) => [
    ...ownFolders(path, text),
    ...registries(path, text),
    ...(registry !== PUBLIC && text.includes(registry) ? [`${path} names the registry of this machine`] : []),
  ]);
  return { ok: complaints.length === 0, said: complaints.join('\n') };
}

function registryOfThisMachine() {
  const address = execFileSync('npm', ['config', 'get', 'registry'], {
    cwd: ROOT,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  }).trim();
  return URL.canParse(address) ? new URL(address).host : PUBLIC;
}

function ownFolders(path, text) {
  // This file has to name what it looks for.
  if (path === 'tools/check/absolute-paths.mjs') return [];
  return text
    .split('\n')
    .map((line, i) => ({ found: line.match(OWN_FOLDER)?.[0], at: `${path}:${i + 1}` }))
    .filter(({ found }) => found)
    .map(({ found, at }) => `${at} names ${found}…, a folder of one machine`);
}

function registries(path, text) {
  if (path === '.npmrc') return /registry\s*=|^\/\//m.test(text) ? [`${path} names a registry`] : [];
  if (!path.endsWith('package-lock.json')) return [];
  const hosts = new Set([...text.matchAll(RESOLVED)].map(([, host]) => host));
  return [...hosts].filter((host) => host !== PUBLIC).map((host) => `${path} takes packages from ${host}`);
}
