import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import { ROOT } from '../generate/root.mjs';
import { kustomize, run } from './programs.mjs';

/** The names of all overlays. */
export const overlays = () => readdirSync(join(ROOT, 'k8s', 'overlays')).toSorted();

/** What an overlay is as YAML, or why it is none. */
export function render(overlay) {
  const { status, stdout, stderr } = run(kustomize(), ['build', join('k8s', 'overlays', overlay)]);
  if (status !== 0) throw new Error(`k8s/overlays/${overlay} cannot be rendered: ${stderr.trim()}`);
  if (stderr.trim()) throw new Error(`k8s/overlays/${overlay} is rendered with warnings: ${stderr.trim()}`);
  return stdout;
}

/** The resources in a YAML text. */
export const objectsIn = (text) => parseAllDocuments(text).map((document) => document.toJS());
