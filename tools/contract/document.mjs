import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../generate/root.mjs';

/** The public API as it is committed. */
export const readDocument = () => JSON.parse(readFileSync(join(ROOT, 'docs/openapi.json'), 'utf8'));

/** Every operation with its address as parts, the most specific first. */
export function operationsOf(document) {
  return Object.entries(document.paths)
    .flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, operation]) => ({ path, method, operation, parts: path.split('/') })),
    )
    .toSorted((a, b) => variables(a) - variables(b));
}

/** The operation that a request reaches, or undefined. */
export function operationAt(operations, method, pathname) {
  const asked = pathname.split('/');
  return operations.find(
    ({ method: own, parts }) =>
      own === method &&
      parts.length === asked.length &&
      parts.every((part, n) => part.startsWith('{') || part === asked[n]),
  );
}

const variables = ({ parts }) => parts.filter((part) => part.startsWith('{')).length;
