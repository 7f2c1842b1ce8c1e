// Every variable that some service reads, from the config classes. Runs with the TypeScript sources.
import { existsSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { ROOT } from './root.mjs';
import { classes, instanceOf, sentence, ts } from './sources.mjs';

const require = createRequire(import.meta.url);
const VARIABLE = /^[A-Z][A-Z0-9_]*$/;
const SECRET = /SECRET|TOKEN|PASSWORD|_KEY$|_DSN$|SERVICE_ACCOUNT|^(DATABASE|REDIS|SMTP)_URL$/;

/** The names of the services that read any. */
const services = () =>
  readdirSync(join(ROOT, 'apps'))
    .toSorted()
    .filter((app) => existsSync(join(ROOT, 'apps', app, 'src/config.ts')));

/** Each variable with what every service that reads it says of it, those that most services read first. */
export function settings() {
  const read = services().flatMap((service) => variables(service).map((variable) => ({ service, ...variable })));
  const named = [...Map.groupBy(read, ({ name }) => name)];
  return named.toSorted(([, a], [, b]) => b.length - a.length).map(([name, all]) => summed(name, all));
}

function summed(name, all) {
  const readers = all.map(({ service }) => service);
  return {
    name,
    readers: readers.length === services().length ? 'every service' : readers.join(', '),
    says: [...new Set(all.map(({ says }) => says))],
    values: [...new Set(all.map(({ value }) => text(value)))],
    isNeeded: all.some(({ value, isOptional }) => value === undefined && !isOptional),
    isSecret: SECRET.test(name),
  };
}

const text = (value) => (Array.isArray(value) ? value.join(',') : String(value ?? ''));

/** What one service reads, with its defaults. */
function variables(service) {
  const config = require(join(ROOT, 'apps', service, 'src/config.ts'));
  const declared = classes(new RegExp(`^apps/${service}/src/config\\.ts$`)).filter(({ name }) => config[name.text]);
  return declared.flatMap((declaration) => {
    const defaults = new config[declaration.name.text]();
    return instanceOf(declaration)
      .getProperties()
      .filter(({ name, valueDeclaration: at }) => VARIABLE.test(name) && at && ts.isPropertyDeclaration(at))
      .map((symbol) => ({
        name: symbol.name,
        says: sentence(symbol),
        isOptional: (symbol.flags & ts.SymbolFlags.Optional) !== 0,
        value: defaults[symbol.name],
      }));
  });
}
