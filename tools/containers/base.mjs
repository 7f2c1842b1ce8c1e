import { existsSync, realpathSync } from 'node:fs';
import { join } from 'node:path';
import { CannotStart } from '../postgres/cannot-start.mjs';
import { ROOT } from '../start/settings.mjs';
import { command } from './engine.mjs';

/** The image that docker/Dockerfile begins with. */
export const BASE = 'docker.io/library/node:24-bookworm-slim';

/** Whoever starts a container as root there gives up being it. */
const USER = 'ln -sf ../lib/node_modules/npm/bin/npm-cli.js /usr/local/bin/npm && useradd -m -u 1000 node';

/** Makes the base, where nothing can be pulled, of Debian's own packages, our Node, and npm; once for each folder. */
export async function makeBase({ buildah }, folder, signal) {
  if (await buildah('images', '--quiet', BASE).catch(() => '')) return;
  const rootfs = join(folder, 'rootfs');
  if (!existsSync(`${rootfs}.tar`)) {
    await command('debootstrap', ['--variant=minbase', 'bookworm', rootfs], signal);
    await command('tar', ['-C', rootfs, '-cf', `${rootfs}.tar`, '.'], signal);
  }
  const npm = await command('npm', ['root', '-g'], signal);
  const node = realpathSync(join(ROOT, 'node_modules', '.bin', 'node'));
  const authorities = process.env.NODE_EXTRA_CA_CERTS || '/etc/ssl/certs/ca-certificates.crt';
  if (!existsSync(authorities)) throw new CannotStart(`${authorities} is not here: set NODE_EXTRA_CA_CERTS.`);
  const container = await buildah('from', 'scratch');
  await buildah('add', container, `${rootfs}.tar`, '/');
  await buildah('copy', container, node, '/usr/local/bin/node');
  await buildah('copy', container, join(npm, 'npm'), '/usr/local/lib/node_modules/npm');
  await buildah('copy', container, authorities, '/etc/ssl/certs/ca-certificates.crt');
  await buildah('run', '--isolation', 'chroot', container, '--', 'sh', '-c', USER);
  await buildah('config', '--env', 'NODE_EXTRA_CA_CERTS=/etc/ssl/certs/ca-certificates.crt', container);
  await buildah('commit', '--rm', container, BASE);
}
