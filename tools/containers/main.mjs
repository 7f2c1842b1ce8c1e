// npm run containers [-- <folder>]: builds the image of every service with buildah, and runs them all with podman and runc, as root, where no
// container engine is: as user 1000, without capabilities, their files read-only. Then the story is played on them, and SIGTERM ends them.
// What is built is kept in the folder, if one is named, and the next time is quicker; else all is removed.
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { Opened } from '../start/opened.mjs';
import { complain, say } from '../start/progress.mjs';
import { Stopped, stopSignal } from '../start/stop-signal.mjs';
import { makeBase } from './base.mjs';
import { checkEarlyEnd, checkHeld, checkStops } from './checks.mjs';
import { engine, forget } from './engine.mjs';
import { startHouse } from './house.mjs';
import { buildImage, copySources, imageSizes } from './images.mjs';
import { SERVICES } from './settings.mjs';
import { playStory } from './story.mjs';
import { tell } from './tell.mjs';

const { signal } = stopSignal();
const opened = new Opened();
const [kept] = process.argv.slice(2);

try {
  const folder = kept ? resolve(kept) : mkdtempSync(join(tmpdir(), 'scheduling-images-'));
  mkdirSync(folder, { recursive: true });
  if (!kept) opened.add('the images', () => forget(folder));
  const here = mkdtempSync(join(tmpdir(), 'scheduling-containers-'));
  opened.add('the data', async () => rmSync(here, { recursive: true, force: true, maxRetries: 3 }));
  const faults = await proof(engine(folder, signal), folder, here);
  for (const fault of faults) console.error(`✗ ${fault}`);
  process.exitCode = faults.length > 0 ? 1 : 0;
} catch (error) {
  if (signal.reason instanceof Stopped) console.error('Stopped before the end.');
  else complain(error);
  process.exitCode = 1;
}
await opened.close();
process.exit();

async function proof(tools, folder, here) {
  say('The base');
  await makeBase(tools, folder, signal);
  const names = [...SERVICES, 'jobs'];
  const sources = copySources(folder);
  for (const name of names) {
    say(`The image of ${name}`);
    await buildImage(tools, sources, name);
  }
  const { base, sizes } = await imageSizes(tools, names);
  say('Migrations, and every service');
  const { gateway, containers } = await startHouse(tools, here, opened, signal);
  const faults = await checkHeld(containers);
  const booking = containers.find(({ name }) => name === 'booking');
  faults.push(...(await checkEarlyEnd(tools, booking.environment, signal)));
  const idle = containers.map((container) => container.memory());
  say(`The story, at ${gateway}`);
  const promises = await playStory(gateway, signal);
  say(`The story holds: ${promises} promises kept`);
  const after = containers.map((container) => container.memory());
  say('SIGTERM');
  const stops = await Promise.all(containers.map((container) => container.stop()));
  tell(
    containers.map(({ name }, at) => ({ name, size: sizes[name], idle: idle[at], after: after[at], stop: stops[at] })),
  );
  console.log(`jobs: ${Math.round(sizes.jobs / 1e6)} MB; in each, the base: ${Math.round(base / 1e6)} MB`);
  return [...faults, ...checkStops(containers, stops)];
}
