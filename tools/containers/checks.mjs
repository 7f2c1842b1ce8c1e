import { eventually } from '../prove/eventually.mjs';
import { Container } from './container.mjs';

const WRITE = "require('node:fs').writeFileSync(process.argv[1], '')";

/** What is not as it should be about how containers are held and answer for their health, one sentence each. */
export async function checkHeld(containers) {
  const faults = [];
  for (const container of containers) {
    const { user, capabilities, mayGain } = container.held();
    if (user !== 1000) faults.push(`${container.name} runs as user ${user}`);
    if (capabilities !== 0n) faults.push(`${container.name} could have capabilities: ${capabilities.toString(16)}`);
    if (mayGain) faults.push(`${container.name} may gain privileges`);
    for (const place of ['/app/new', '/tmp/new'])
      if ((await container.inside('node', '-e', WRITE, place)) === 0)
        faults.push(`${container.name} can write ${place}`);
    const health = await container.inside('node', 'tools/containers/healthy.mjs');
    if (health !== 0) faults.push(`the health check of ${container.name} ended with ${health}`);
  }
  return faults;
}

/** Who did not end well on SIGTERM. */
export const checkStops = (containers, stops) =>
  containers.flatMap(({ name }, at) =>
    stops[at].code === 0 ? [] : [`${name} ended with ${stops[at].code} on SIGTERM`],
  );

/** What is wrong with how a service ends that still waits for its database: as process 1 it ends only if it listens to SIGTERM by then. */
export async function checkEarlyEnd(tools, environment, signal) {
  const nowhere = { ...environment, PORT: 0, DATABASE_URL: 'postgres://nobody@127.0.0.1:1/nowhere' };
  const container = new Container(tools, 'booking', nowhere, 'waiting');
  try {
    await container.start();
    const isWaiting = async () => (await container.said()).includes('Waiting for the database');
    if (!(await eventually(isWaiting, { seconds: 60, every: 500, signal })))
      return ['booking does not wait for its database'];
    const { code, seconds } = await container.stop();
    console.log(`booking, while it waits for its database: exit ${code} after ${seconds.toFixed(1)} s`);
    return code === 0 ? [] : [`booking ended with ${code} on SIGTERM while it waited for its database`];
  } finally {
    await container.remove();
  }
}
