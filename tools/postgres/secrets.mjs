import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CannotStart, onDisk } from './cannot-start.mjs';

/** The file with the passwords of a data folder; nobody but its owner may read it. */
export const secretsFile = (dataDir) => join(dataDir, 'secrets.json');

/** All secrets of a data folder by name, none if it has no file. */
export function readSecrets(dataDir) {
  const file = secretsFile(dataDir);
  if (!existsSync(file)) return {};
  const text = onDisk(dataDir, () => readFileSync(file, 'utf8'));
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new CannotStart(`${file} is not as we wrote it: begin anew with npm start -- --reset, or set DATA_DIR.`, {
      cause,
    });
  }
}

/** A secret by its name, made at random and kept the first time it is asked for. */
export function secret(dataDir, name) {
  const secrets = readSecrets(dataDir);
  if (secrets[name]) return secrets[name];
  const made = randomBytes(24).toString('hex');
  const file = secretsFile(dataDir);
  onDisk(dataDir, () => {
    writeFileSync(`${file}.new`, `${JSON.stringify({ ...secrets, [name]: made }, null, 2)}\n`, { mode: 0o600 });
    renameSync(`${file}.new`, file);
  });
  return made;
}
