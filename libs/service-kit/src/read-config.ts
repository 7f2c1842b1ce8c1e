import { readFileSync } from 'node:fs';
import { Malformed, parse } from '@scheduling/contracts';
import { getMetadataStorage } from 'class-validator';

/** What is wrong with an environment: every fault of it, and never a value. */
export class EnvironmentRefused extends Error {
  constructor(faults: readonly string[]) {
    super(`The environment is not right:\n${faults.map((fault) => `  ${fault}`).join('\n')}`);
    this.name = EnvironmentRefused.name;
  }
}

/**
 * Reads the environment once, at the door; says all that is wrong with it. A variable that is set to nothing counts as not set, and
 * `X_FILE` names a file that has the value of `X`, less its last line break: so orchestrators hand over secrets.
 */
export function readConfig<Config extends object>(
  shape: new () => Config,
  env: Readonly<Record<string, unknown>> = process.env,
): Config {
  const { values, faults } = withFiles(env, variablesOf(shape));
  try {
    const config = parse(shape, values);
    if (faults.length > 0) throw new EnvironmentRefused(faults);
    return Object.freeze(config);
  } catch (error) {
    if (!(error instanceof Malformed)) throw error;
    const fields = Object.entries(error.facts['fields'] as Record<string, string[]>);
    const unread = new Set(faults.map((fault) => fault.split('_FILE')[0]));
    const said = fields.filter(([name]) => !unread.has(name)).map(([name, wrong]) => `${name}: ${wrong.join('; ')}`);
    throw new EnvironmentRefused([...faults, ...said]);
  }
}

/** Tells whether a name is one that the class declares. */
function variablesOf(shape: new () => object): (name: string) => boolean {
  const declared = getMetadataStorage().getTargetValidationMetadatas(shape, '', false, false);
  const names = new Set(declared.map(({ propertyName }) => propertyName));
  return (name) => names.has(name);
}

interface Read {
  readonly values: Record<string, unknown>;
  readonly faults: string[];
}

/** The environment with each file read that stands for a variable of ours. */
function withFiles(env: Readonly<Record<string, unknown>>, isOurs: (name: string) => boolean): Read {
  const values = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''));
  const faults: string[] = [];
  for (const [key, path] of Object.entries(values)) {
    const name = key.replace(/_FILE$/, '');
    if (name === key || !isOurs(name) || isOurs(key)) continue;
    if (values[name] !== undefined) faults.push(`${key}: ${name} is set as well, and only one of them may be`);
    else if (!readInto(values, name, String(path))) faults.push(`${key}: the file cannot be read`);
  }
  return { values, faults };
}

function readInto(values: Record<string, unknown>, name: string, path: string): boolean {
  try {
    values[name] = readFileSync(path, 'utf8').replace(/\r?\n$/, '');
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== undefined) return false;
    throw error;
  }
}
