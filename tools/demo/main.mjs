// npm run demo: plays the whole story against a running `npm start`, through the public API only.
import { GATEWAY } from './gateway.mjs';
import { story } from './story.mjs';
import { StoryBroken } from './tell.mjs';

try {
  await story();
  console.log('\nThe story holds.');
} catch (error) {
  process.exitCode = 1;
  if (error instanceof StoryBroken) console.error(`    ✗ ${error.message}`);
  else if (/ECONNREFUSED|fetch failed/.test(`${error.cause?.code} ${error.message}`)) {
    console.error(`Nobody answers at ${GATEWAY}: run npm start first, or set GATEWAY_URL to where it runs.`);
  } else throw error;
}
