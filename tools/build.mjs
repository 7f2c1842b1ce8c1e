// Compiles one project: node tools/build.mjs <project dir>. src/**/*.ts to dist, other files copied.
import { copyFile, glob, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { transformFile } from '@swc/core';

const project = process.argv[2] ?? process.cwd();
const { $schema: _, ...swc } = JSON.parse(await readFile(new URL('../.swcrc', import.meta.url), 'utf8'));
const src = join(project, 'src');
const dist = join(project, 'dist');

async function compile(file) {
  const out = join(dist, relative(src, file)).replace(/\.ts$/, '.js');
  await mkdir(dirname(out), { recursive: true });
  if (!file.endsWith('.ts')) return copyFile(file, out);
  const { code, map } = await transformFile(file, { ...swc, swcrc: false, sourceMaps: true });
  await writeFile(out, `${code}\n//# sourceMappingURL=${out.split('/').at(-1)}.map\n`);
  await writeFile(`${out}.map`, map);
}

await rm(dist, { recursive: true, force: true });
const jobs = [];
for await (const file of glob(`${src}/**/*.*`)) {
  if (!/\.spec\.ts$/.test(file)) jobs.push(compile(file));
}
await Promise.all(jobs);
