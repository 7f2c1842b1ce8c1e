import { Malformed, parse } from '@scheduling/contracts';

/** Reads the environment once, at the door; says all that is wrong with it, never a value. */
export function readConfig<Config extends object>(shape: new () => Config, env: object = process.env): Config {
  try {
    return Object.freeze(parse(shape, set(env)));
  } catch (error) {
    if (!(error instanceof Malformed)) throw error;
    const fields = JSON.stringify(error.facts['fields'], null, 2);
    throw new Error(`The environment is incomplete: ${fields}`, { cause: error });
  }
}

/** A variable that is set to nothing counts as not set. */
const set = (env: object): object => Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''));
