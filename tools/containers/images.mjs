import { cpSync, existsSync, rmSync } from 'node:fs';
import { homedir } from 'node:os';
import { basename, join } from 'node:path';
import { ROOT } from '../start/settings.mjs';
import { BASE } from './base.mjs';

/** What the image of a service is called here; `jobs` is that of migrations. */
export const imageOf = (name) => `localhost/scheduling/${name}:here`;

/** Copies what images are built of, so that all are built of one state, whatever is edited meanwhile; answers where it is. */
export function copySources(folder) {
  const sources = join(folder, 'sources');
  rmSync(sources, { recursive: true, force: true });
  const isSource = (name) => !['node_modules', 'dist'].includes(name) && !/^\.(?!dockerignore|npmrc|swcrc)/.test(name);
  const filter = (path) => path === ROOT || isSource(basename(path));
  cpSync(ROOT, sources, { recursive: true, preserveTimestamps: true, filter });
  return sources;
}

/** Builds the image of an app, or of `jobs`, from docker/Dockerfile; steps that others share are done once. */
export function buildImage({ buildah }, sources, name) {
  const stage = name === 'jobs' ? ['--target', 'jobs'] : ['--target', 'service', '--build-arg', `APP=${name}`];
  const npmrc = join(homedir(), '.npmrc');
  // Where packages come from is this machine's own business: it is mounted while npm runs, and stays in no layer.
  const secret = existsSync(npmrc) ? ['--secret', `id=npmrc,src=${npmrc}`] : [];
  const how = ['--isolation', 'chroot', '--pull-never', '--layers', '--format', 'docker', ...secret];
  return buildah('bud', ...how, '-t', imageOf(name), '-f', join(sources, 'docker', 'Dockerfile'), ...stage, sources);
}

/** How large images are, in bytes: `{ base, sizes: { booking: … } }`, each with the base in it. */
export async function imageSizes({ podman }, names) {
  const sizeOf = async (image) => Number(await podman('image', 'inspect', '--format', '{{.Size}}', image));
  const sizes = {};
  for (const name of names) sizes[name] = await sizeOf(imageOf(name));
  return { base: await sizeOf(BASE), sizes };
}
