import { readPidFile } from '../postgres/left-behind.mjs';
import { startPostgres } from '../postgres/start-postgres.mjs';
import { eventually } from '../prove/eventually.mjs';
import { MORTAL } from '../prove/house.mjs';
import { connect } from '../prove/proof-schema.mjs';
import { DATABASE } from '../start/settings.mjs';
import { putBack, recovering } from './archive.mjs';

const SECONDS = 120;

/** A moment by PostgreSQL's own clock: what it commits later stays out. */
export async function nameInstant(database) {
  const { rows } = await database.query(
    `select now::text as name, extract(epoch from now)::float8 * 1000 as at, pg_walfile_name(pg_current_wal_insert_lsn()) as segment
       from clock_timestamp() now`,
  );
  return rows[0];
}

/** The archive has what happened until the instant, as it has within seconds; then everything else that the disk had is gone. */
export async function loseTheDisk({ house, database, cluster }, instant, say, signal) {
  const archived = async () => {
    const { rows } = await database.query(
      'select last_archived_wal as wal, failed_count::int as failed from pg_stat_archiver',
    );
    return rows[0].wal > instant.segment && rows[0];
  };
  const state = await eventually(archived, { seconds: SECONDS, signal });
  if (!state) throw new Error('The archive never came as far as the instant.');
  await Promise.all(MORTAL.map((name) => house.services[name].stop()));
  process.kill(readPidFile(cluster).pid, 'SIGKILL');
  await house.postgres.ended;
  await house.postgres.stop();
  say(`the services are down, PostgreSQL is killed and its disk is lost; the archive ends with ${state.wal}`);
}

/** Puts the base backup where the cluster was, and goes on from there to the instant; answers when it may be written to. */
export async function restore({ house, archive, cluster, backup }, instant, opened, signal) {
  putBack(backup, cluster);
  const postgres = await startPostgres({
    dataDir: house.dataDir,
    log: () => undefined,
    settings: recovering(archive, instant.name),
    signal,
  });
  opened.add('the restored PostgreSQL', postgres.stop);
  const adminUrl = Object.assign(new URL(postgres.url), { pathname: `/${DATABASE}` }).href;
  const database = await connect(adminUrl);
  opened.add('a connection', () => database.end());
  // It answers reads before it has come to the instant: whoever looked or wrote now would meet an earlier state.
  const isOpen = async () => !(await database.query('select pg_is_in_recovery() as yet')).rows[0].yet;
  if (!(await eventually(isOpen, { seconds: SECONDS, signal })))
    throw new Error('The restored PostgreSQL does not open.');
  return { database, adminUrl, port: postgres.port };
}
