import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startPostgres } from '../postgres/start-postgres.mjs';
import { loadKeepers } from '../start/apps.mjs';
import { Opened } from '../start/opened.mjs';
import { ROOT } from '../start/settings.mjs';
import { checkOut, isInHistory } from '../upgrade/checked-out.mjs';
import { readRelease, releases } from '../upgrade/fixture.mjs';
import { oldData } from '../upgrade/old-data.mjs';
import { playStory, startVersion } from '../upgrade/played.mjs';
import { takeOver } from '../upgrade/taken-over.mjs';

/**
 * What each release left is taken over by this version: its rows stay, its people find what is theirs, and the story holds. The last
 * release that this checkout's history has goes on as well where this version has migrated already, as it does while a deployment
 * replaces it.
 */
export async function upgrade(signal) {
  const checks = [];
  const all = releases().map(readRelease);
  for (const release of all) checks.push(...(await upgradeFrom(release, signal)));
  const inHistory = [];
  for (const release of all) if (await isInHistory(release.commit)) inHistory.push(release);
  const last = inHistory.at(-1);
  if (last) checks.push(...(await goOn(last, signal)));
  else console.log('\n*** NOT PROVEN HERE: this checkout has no history, and so no release that could go on. ***');
  return checks;
}

async function upgradeFrom(release, signal) {
  console.log(`\nwhat ${release.name} left (${release.commit}) is taken over`);
  const opened = new Opened();
  try {
    return await playOn(release, { folder: ROOT, story: "today's story holds on it" }, opened, signal);
  } finally {
    await opened.close();
  }
}

async function goOn(release, signal) {
  console.log(`\n${release.name} (${release.commit}) goes on where this version has migrated`);
  const opened = new Opened();
  try {
    const folder = temporary('scheduling-before-', opened);
    await checkOut(release.commit, folder, signal);
    return await playOn(release, { folder, story: 'its own story holds' }, opened, signal);
  } finally {
    await opened.close();
  }
}

/** Has the version in a folder go on with what a release left, migrated by this one, and play its story. */
async function playOn(release, { folder, story }, opened, signal) {
  const { dataDir, checks, note } = await migrated(release, opened, signal);
  if (checks.some(({ ok }) => !ok)) return checks;
  const gateway = await startVersion(folder, dataDir, opened, signal);
  note(await oldData(gateway, release));
  const { ok, said } = await playStory(folder, gateway, signal);
  note([{ name: story, ok, detail: ok ? '' : said.slice(-2000) }]);
  return checks;
}

/** A data folder with what a release left, as this version's migrations leave it. */
async function migrated(release, opened, signal) {
  const dataDir = temporary('scheduling-upgrade-', opened);
  const postgres = await startPostgres({ dataDir, log: () => undefined, signal });
  opened.add('PostgreSQL', postgres.stop);
  const checks = [];
  const note = (found) => found.forEach((check) => checks.push(tell(check)));
  note(await takeOver({ release, adminUrl: postgres.url, services: loadKeepers() }));
  await postgres.stop();
  return { dataDir, checks, note };
}

function temporary(prefix, opened) {
  const folder = mkdtempSync(join(tmpdir(), prefix));
  chmodSync(folder, 0o711); // PostgreSQL's own user passes through it when we are root
  opened.add('the folder', async () => rmSync(folder, { recursive: true, force: true, maxRetries: 3 }));
  return folder;
}

function tell(check) {
  console.log(`  ${check.ok ? 'ok    ' : 'FAILED'} ${check.name}${check.detail ? `: ${check.detail}` : ''}`);
  return check;
}
