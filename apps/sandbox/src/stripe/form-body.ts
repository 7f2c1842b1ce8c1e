import { invalid } from './stripe-refusal.ts';

/** A form as Stripe reads it: names with brackets have become objects, and lists objects by number. */
export interface Form {
  [name: string]: string | Form;
}

const MOST_DEPTH = 6;

/** Reads a form-encoded body or a query, such as `metadata[booking]=1&expand[]=charge`. */
export function parseForm(source: string): Form {
  const form: Form = emptyForm();
  for (const [key, value] of new URLSearchParams(source)) put(form, pathOf(key), value);
  return form;
}

/** Without a prototype, whose names would pass for parameters. */
const emptyForm = (): Form => Object.create(null) as Form;

function pathOf(key: string): string[] {
  const [, head = '', brackets = ''] = /^([^[\]]+)((?:\[[^[\]]*\])*)$/.exec(key) ?? [];
  const path = [head, ...Array.from(brackets.matchAll(/\[([^[\]]*)\]/g), ([, name = '']) => name)];
  if (head === '' || path.length > MOST_DEPTH) throw invalid(`Invalid name of a parameter: ${key}`, key);
  return path;
}

function put(form: Form, [name = '', ...rest]: string[], value: string): void {
  const key = name === '' ? String(Object.keys(form).length) : name;
  if (rest.length === 0) {
    form[key] = value;
    return;
  }
  const inner = form[key];
  const next = typeof inner === 'object' ? inner : emptyForm();
  form[key] = next;
  put(next, rest, value);
}
