import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
  chownSync,
  chmodSync,
} from 'node:fs';
import { join } from 'node:path';

/** So many seconds of writes are lost at most when the disk is: by then an unfinished segment goes into the archive as it is. */
const ARCHIVE_SECONDS = 5;

/** What a copy of a running cluster leaves out: what belongs to the process, and the log of changes, which the archive has. */
const LEFT_OUT = [
  'postmaster.pid',
  'postmaster.opts',
  'pg_wal',
  'pg_replslot',
  'pg_stat_tmp',
  'pg_subtrans',
  'pgsql_tmp',
];

/** Settings of a PostgreSQL that archives its log of changes in a folder. */
export const archiving = (archive) => ({
  wal_level: 'replica',
  archive_mode: 'on',
  archive_timeout: ARCHIVE_SECONDS,
  // The file appears whole, by the rename, and never over one that is there.
  archive_command: `test ! -f ${archive}/%f && cp %p ${archive}/%f.part && mv ${archive}/%f.part ${archive}/%f`,
});

/** Settings with which a cluster goes on from its base backup to `instant`, by what the archive has, and then opens. */
export const recovering = (archive, instant) => ({
  ...archiving(archive),
  restore_command: `cp ${archive}/%f %p`,
  recovery_target_time: instant,
  recovery_target_action: 'promote',
});

/** Makes the archive in `folder`, before it is known whom PostgreSQL runs as: everybody may write into it here. */
export function makeArchive(folder) {
  const archive = join(folder, 'archive');
  mkdirSync(archive);
  chmodSync(archive, 0o777);
  return archive;
}

/** Copies a cluster while it runs and is written to; what is torn in the copy is put right by the log from its start on. */
export async function baseBackup(client, cluster, backup) {
  await client.query("select pg_backup_start('rehearsal', fast => true)");
  copy(cluster, backup, (path) => !LEFT_OUT.some((one) => path === join(cluster, one) || path.includes(`/${one}/`)));
  const { rows } = await client.query(
    'select lsn::text, labelfile, spcmapfile from pg_backup_stop(wait_for_archive => true)',
  );
  const { lsn, labelfile } = rows[0];
  const owner = statSync(cluster);
  for (const folder of ['pg_wal', 'pg_wal/archive_status', 'pg_replslot', 'pg_stat_tmp', 'pg_subtrans'])
    makeFolder(join(backup, folder), owner);
  writeFileSync(join(backup, 'backup_label'), labelfile, { mode: 0o600 });
  chownSync(join(backup, 'backup_label'), owner.uid, owner.gid);
  return { lsn, bytes: sizeOf(backup) };
}

/** Puts the base backup where the cluster was: its disk is taken to be lost. */
export function putBack(backup, cluster) {
  const owner = statSync(backup);
  rmSync(cluster, { recursive: true, force: true });
  copy(backup, cluster, () => true);
  writeFileSync(join(cluster, 'recovery.signal'), '', { mode: 0o600 });
  chownSync(join(cluster, 'recovery.signal'), owner.uid, owner.gid);
}

function makeFolder(path, { uid, gid }) {
  mkdirSync(path, { mode: 0o700 });
  chownSync(path, uid, gid);
}

/** Files come and go while the cluster runs: one that went in between was not needed. */
function copy(from, to, isWanted) {
  const { uid, gid, mode } = statSync(from);
  mkdirSync(to, { recursive: true });
  chownSync(to, uid, gid);
  chmodSync(to, mode);
  for (const entry of readdirSync(from, { withFileTypes: true })) {
    const [source, target] = [join(from, entry.name), join(to, entry.name)];
    if (!isWanted(source)) continue;
    if (entry.isDirectory()) copy(source, target, isWanted);
    else copyFile(source, target, { uid, gid });
  }
}

function copyFile(source, target, { uid, gid }) {
  try {
    cpSync(source, target, { mode: 0 });
    chownSync(target, uid, gid);
  } catch (error) {
    if (error.code !== 'ENOENT' || existsSync(source)) throw error;
  }
}

const sizeOf = (path) =>
  readdirSync(path, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .reduce((sum, entry) => sum + statSync(join(entry.parentPath, entry.name)).size, 0);
