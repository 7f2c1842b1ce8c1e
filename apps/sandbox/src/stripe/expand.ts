import { invalid } from './stripe-refusal.ts';

type Find = (id: string) => object | undefined;

/** A copy of an answer with the objects in place of their ids that `expand` asks for, such as `latest_charge`. */
export function expanded(answer: object, paths: readonly string[], find: Find): object {
  if (paths.length === 0) return answer;
  const copy = structuredClone(answer);
  for (const path of paths) put(copy, path.split('.'), path, find);
  return copy;
}

function put(at: unknown, [name, ...rest]: readonly string[], path: string, find: Find): void {
  if (name === undefined || at === null) return;
  if (Array.isArray(at)) {
    for (const item of at) put(item, [name, ...rest], path, find);
    return;
  }
  if (typeof at !== 'object' || !Object.hasOwn(at, name)) throw invalid(`This property cannot be expanded (${path}).`);
  const holder = at as Record<string, unknown>;
  const value = holder[name];
  if (Array.isArray(at) || typeof value !== 'string') {
    put(value, rest, path, find);
    return;
  }
  const found = find(value);
  if (!found) throw invalid(`This property cannot be expanded (${path}).`);
  holder[name] = structuredClone(found);
  put(holder[name], rest, path, find);
}
