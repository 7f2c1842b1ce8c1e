// npm run generate [-- --check | --release]: writes what is made from the sources, or says what is stale.
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { ROOT } from './root.mjs';

const hook = ['--conditions=@scheduling/source', '--import', './tools/swc-hook.mjs', './tools/generate/write.mjs'];
const child = spawn(process.execPath, [...hook, ...process.argv.slice(2)], { cwd: join(ROOT), stdio: 'inherit' });
child.once('exit', (code) => process.exit(code ?? 1));
