import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { objectsIn, overlays, render } from './rendered.mjs';
import { complaints, ruleNames } from './rules/all.mjs';
import { validated } from './schemas.mjs';
import { unseen } from './tampered.mjs';
import { worldOf } from './world.mjs';

const keep = keptIn(process.argv.slice(2));
let passed = 0;
let failed = 0;
const worlds = new Map();

try {
  for (const overlay of overlays()) {
    const text = render(overlay);
    if (keep) write(overlay, text);
    worlds.set(overlay, worldOf(overlay, objectsIn(text)));
    const { version, resources, faults } = validated(text);
    tell(
      `${overlay}: schemas of Kubernetes ${version}, strictly, and of what operators keep`,
      resources - faults.length,
      faults,
    );
    const broken = ruleNames.flatMap((name) => complaints(name, worlds.get(overlay)).map((said) => ({ name, said })));
    const good = ruleNames.length - new Set(broken.map(({ name }) => name)).size;
    tell(
      `${overlay}: rules of ours`,
      good,
      broken.map(({ name, said }) => `${overlay} no longer ${name}: ${said}`),
    );
  }
  const { seen, faults } = unseen(worlds.get('prod').objects);
  tell('rules that see manifests that were tampered with', seen, faults);
} catch (error) {
  console.error(`manifests cannot run: ${error.message}`);
  failed += 1;
}
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 && passed > 0 ? 0 : 1;

function tell(what, good, faults) {
  passed += good;
  failed += faults.length;
  console.log(
    `${faults.length === 0 ? 'ok    ' : 'FAILED'} ${what}: ${good}${faults.length > 0 ? `, and not ${faults.length}` : ''}`,
  );
  for (const said of faults) console.log(`       ${said}`);
}

function keptIn([flag, folder, ...more]) {
  if (flag === undefined) return undefined;
  if (flag !== '--keep' || !folder || more.length > 0)
    throw new Error('manifests knows --keep <folder>, and nothing else.');
  return folder;
}

function write(overlay, text) {
  mkdirSync(keep, { recursive: true });
  writeFileSync(join(keep, `${overlay}.yaml`), text);
}
