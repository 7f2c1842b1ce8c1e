import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ROOT } from '../generate/root.mjs';

const README = 'libs/client/README.md';
/** What an example takes from the app that it stands in. */
const AROUND = `
declare const session: { readonly token: () => Promise<string> };
declare const tutor: string;
declare const render: (items: unknown) => void;
`;

/** Whether the examples of the client's README compile as an app's code would, against the client as it is. */
export async function readmeExamples(readme = readFileSync(join(ROOT, README), 'utf8')) {
  const examples = [...readme.matchAll(/^```ts\n(?<code>.*?)^```$/gms)].map(({ groups }) => groups.code);
  if (examples.length === 0) return { ok: false, said: `${README} shows no TypeScript.` };
  const folder = mkdtempSync(join(tmpdir(), 'examples-'));
  try {
    symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
    writeFileSync(join(folder, 'package.json'), '{ "type": "module" }');
    writeFileSync(join(folder, 'around.d.ts'), AROUND);
    examples.forEach((code, n) => writeFileSync(join(folder, `example-${n + 1}.ts`), code));
    const compilerOptions = { noEmit: true, types: ['node'] };
    const config = { extends: join(ROOT, 'tsconfig.base.json'), compilerOptions, include: ['*.ts'] };
    writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(config));
    const args = [join(ROOT, 'node_modules/typescript7/bin/tsc'), '-p', 'tsconfig.json'];
    const { status, stdout, stderr } = spawnSync(process.execPath, args, { cwd: folder, encoding: 'utf8' });
    return { ok: status === 0, said: stdout + stderr, note: `${examples.length} in ${README}` };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
