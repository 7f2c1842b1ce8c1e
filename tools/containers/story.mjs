import { join } from 'node:path';
import { ROOT } from '../start/settings.mjs';
import { command } from './engine.mjs';

/** Plays the story of npm run demo, with Node's own settings left as they are; answers how many promises it kept. */
export async function playStory(gateway, signal) {
  const env = ['env', `GATEWAY_URL=${gateway}`, 'TZ=UTC'];
  const said = await command(
    env[0],
    [...env.slice(1), process.execPath, join(ROOT, 'tools', 'demo', 'main.mjs')],
    signal,
  );
  if (!said.includes('The story holds.')) throw new Error(`The story ends otherwise:\n${said.slice(-2000)}`);
  return said.split('\n').filter((line) => line.includes('✓')).length;
}
