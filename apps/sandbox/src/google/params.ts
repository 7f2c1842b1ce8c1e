import { invalid } from './google-refusal.ts';

const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/;

/** A whole number in a query. */
export function numberIn(
  params: URLSearchParams,
  name: string,
  { from, to }: { from: number; to: number },
): number | undefined {
  const text = params.get(name);
  if (text === null) return undefined;
  const value = Number(text);
  if (!/^\d+$/.test(text) || value < from || value > to)
    throw invalid(`Invalid value for: ${name}.`, 'invalidParameter');
  return value;
}

/** Yes or no in a query; no, if nothing is said. */
export const truthIn = (params: URLSearchParams, name: string): boolean =>
  oneOf(params, name, ['true', 'false']) === 'true';

/** An instant in a query, which must have an offset. */
export function instantIn(params: URLSearchParams, name: string): Date | undefined {
  const text = params.get(name);
  return text === null ? undefined : instant(text, name);
}

/** An instant that is said somewhere, which must have an offset. */
export function instant(text: string, name: string): Date {
  const at = new Date(text);
  if (!INSTANT.test(text) || Number.isNaN(at.getTime()))
    throw invalid(`Invalid value for: ${name}: Bad Request`, 'badRequest');
  return at;
}

/** A word in a query, one of a few. */
export function oneOf(params: URLSearchParams, name: string, words: readonly string[]): string | undefined {
  const text = params.get(name);
  if (text !== null && !words.includes(text)) throw invalid(`Invalid value for: ${name}.`, 'invalidParameter');
  return text ?? undefined;
}
