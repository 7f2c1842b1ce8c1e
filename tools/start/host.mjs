import { claimFolder } from '../postgres/claim-folder.mjs';
import { CannotStart } from '../postgres/cannot-start.mjs';
import { removeData } from '../postgres/remove-data.mjs';
import { startPostgres } from '../postgres/start-postgres.mjs';
import { loadServices, publicUrl, startServices } from './apps.mjs';
import { build } from './build.mjs';
import { prepareDatabase } from './database.mjs';
import { closeOne } from './opened.mjs';
import { makePeople } from './people.mjs';
import { usablePort } from './port.mjs';
import { say, seconds } from './progress.mjs';
import { welcome } from './welcome.mjs';

/**
 * Starts the whole system, and adds to `opened` each part as it starts; ends early, leaving parts to be closed, when
 * `stop.signal` is raised. What ends by itself later raises it.
 */
export async function startAll({ dataDir, port: wanted, host, reset, env }, opened, stop) {
  const port = await usablePort(wanted, host);
  const claim = await claimFolder(dataDir);
  opened.add('The claim of the data folder', claim.release);
  if (reset) {
    say(`Removing what ${dataDir} holds`);
    await removeData(dataDir, say);
  }
  say('Building the apps and starting PostgreSQL');
  const [postgres] = await together(stop.signal, (signal) => database(dataDir, claim, opened, signal), build);
  void postgres.ended.then((how) =>
    stop.now(new CannotStart(`PostgreSQL is gone, ${how}: see ${dataDir}/postgres.log`)),
  );
  say('Bringing the database up to date');
  const services = loadServices();
  const databases = await prepareDatabase(postgres.url, dataDir, services, say);
  say('Starting the services');
  const running = [];
  opened.add('services', () => closeServices(running));
  await startServices({ services, env, dataDir, databases, port, host, signal: stop.signal }, running);
  const people = await makePeople(publicUrl(port, host));
  stop.signal.throwIfAborted();
  console.log(welcome(publicUrl(port, host), people));
  console.log(`Ready in ${seconds()} s`);
}

async function database(dataDir, claim, opened, signal) {
  const postgres = await startPostgres({ dataDir, log: say, claim, signal });
  opened.add('PostgreSQL', postgres.stop);
  return postgres;
}

/** The gateway first, so that nobody is let in any more; then all at once. */
async function closeServices(running) {
  const [gateway, others] = [running.filter(isGateway), running.filter((service) => !isGateway(service))];
  for (const services of [gateway, others]) {
    await Promise.all(services.map(({ name, close }) => closeOne(name, close)));
  }
}

const isGateway = ({ name }) => name === 'gateway';

/** Runs works beside each other and waits for all; the first that fails breaks off the others and is the one told. */
async function together(signal, ...works) {
  const broken = new AbortController();
  const either = AbortSignal.any([signal, broken.signal]);
  const running = works.map((work) => work(either));
  for (const work of running) work.catch((error) => broken.abort(error));
  const results = await Promise.allSettled(running);
  signal.throwIfAborted();
  broken.signal.throwIfAborted();
  return results.map(({ value }) => value);
}
