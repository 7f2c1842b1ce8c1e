// Renders every overlay of k8s/ with kustomize, validates what comes out against the schemas of a current Kubernetes, strictly, and holds
// our own rules against it; then each rule must see manifests that were tampered with. It needs Go 1.24 and Python 3.9 or newer.
//   node tools/with-node.mjs tools/manifests/main.mjs [--keep <folder>]
// --keep writes what was rendered, as <overlay>.yaml.
import { spawnSync } from 'node:child_process';
import { ROOT } from '../generate/root.mjs';

/** So that the config classes can be loaded. */
const SOURCES = ['--conditions=@scheduling/source', '--import', './tools/swc-hook.mjs'];

if (process.execArgv.includes(SOURCES[0])) {
  await import('./run.mjs');
} else {
  const args = [...SOURCES, import.meta.filename, ...process.argv.slice(2)];
  const { status } = spawnSync(process.execPath, args, { cwd: ROOT, stdio: 'inherit' });
  process.exitCode = status ?? 1;
}
