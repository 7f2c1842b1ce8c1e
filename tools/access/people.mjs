import { randomUUID } from 'node:crypto';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { ROOT } from '../start/settings.mjs';

const require = createRequire(join(ROOT, 'package.json'));
const { importJWK, SignJWT } = require('jose');

const SECONDS = 1800;

/** Whoever the walk needs: people of the house's issuer, whose tokens name one role each, whatever they are besides. */
export async function issuerOf(database, issuer) {
  await fetch(`${issuer}/.well-known/jwks.json`); // the first who asks has the key made
  const { rows } = await database.query('select kid, private_jwk as jwk from accounts.signing_keys limit 1');
  const [{ kid, jwk }] = rows;
  const key = await importJWK(jwk, 'EdDSA');
  const sign = ({ id, name, email }, role) =>
    new SignJWT({ email, name, roles: [role], zoneinfo: 'Europe/Kyiv', locale: 'en' })
      .setProtectedHeader({ alg: 'EdDSA', kid, typ: 'JWT' })
      .setIssuer(issuer)
      .setSubject(id)
      .setIssuedAt()
      .setExpirationTime(`${SECONDS} seconds`)
      .sign(key);
  return {
    /** A person with a token for each role. */
    async person(name, roles) {
      const person = { id: randomUUID(), name, email: `${name}.${randomUUID().slice(0, 8)}@access.test` };
      const tokens = await Promise.all(roles.map(async (role) => [role, await sign(person, role)]));
      return { ...person, tokens: Object.fromEntries(tokens) };
    },
  };
}
