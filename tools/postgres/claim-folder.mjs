import { createHash } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, readdirSync, realpathSync, rmSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CannotStart, onDisk } from './cannot-start.mjs';

/** A short name for a folder, the same by whatever path it is named. */
export const folderHash = (folder) => createHash('sha256').update(realpathSync(folder)).digest('hex').slice(0, 16);

/**
 * Makes the data folder if there is none and claims it for this process: a listening socket is the claim, and it ends
 * with the process, also after kill -9.
 */
export async function claimFolder(dataDir) {
  onDisk(dataDir, () => {
    if (existsSync(dataDir)) return readdirSync(dataDir); // nothing but a folder that we may read will do
    mkdirSync(dataDir, { recursive: true });
    chmodSync(dataDir, 0o711); // PostgreSQL's own user passes through it when we are root, whatever the umask says
  });
  const name = socketName(dataDir);
  const server = createServer((socket) => socket.destroy());
  if (!(await listens(server, name))) {
    if (name.startsWith('\0') || (await answers(name))) throw inUse(dataDir);
    rmSync(name, { force: true });
    if (!(await listens(server, name))) throw inUse(dataDir);
  }
  server.unref();
  return { release: () => new Promise((done) => server.close(done)) };
}

const inUse = (dataDir) =>
  new CannotStart(`${dataDir} is in use by another running copy: stop that one, or set DATA_DIR to another folder.`);

/** Linux has socket names outside the file system, which cannot be left behind. */
function socketName(dataDir) {
  const name = `scheduling-${folderHash(dataDir)}`;
  return process.platform === 'linux' ? `\0${name}` : join(tmpdir(), `${name}.sock`);
}

const listens = (server, name) =>
  new Promise((resolve, reject) => {
    server.once('error', (error) => (error.code === 'EADDRINUSE' ? resolve(false) : reject(error)));
    server.listen(name, () => resolve(true));
  });

const answers = (name) =>
  new Promise((resolve) => {
    const socket = connect(name);
    socket.once('connect', () => resolve(true));
    socket.once('error', () => resolve(false));
    socket.once('connect', () => socket.destroy());
  });
