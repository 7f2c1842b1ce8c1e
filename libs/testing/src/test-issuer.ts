import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { newId, type PersonId, type Role } from '@scheduling/domain';
import { exportJWK, generateKeyPair, type JWK, SignJWT } from 'jose';

export interface TestIssuer {
  /** What goes into AUTH_ISSUER. */
  readonly url: string;
  /** The public half of the key that signs. */
  readonly jwk: JWK;
  /** A token for a person, new unless named, valid for an hour unless other claims say so. */
  readonly token: (person?: { id?: PersonId; roles?: Role[]; claims?: Record<string, unknown> }) => Promise<string>;
  readonly close: () => Promise<void>;
}

/** A real OpenID provider as far as a service sees one: discovery and keys over HTTP, signed tokens. */
export async function testIssuer(): Promise<TestIssuer> {
  const { publicKey, privateKey } = await generateKeyPair('EdDSA');
  const keys = { keys: [{ ...(await exportJWK(publicKey)), kid: 'test', alg: 'EdDSA', use: 'sig' }] };
  const server = createServer((request, response) => {
    const answer = request.url === '/keys' ? keys : { issuer: url, jwks_uri: `${url}/keys` };
    response.setHeader('content-type', 'application/json').end(JSON.stringify(answer));
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  return {
    url,
    jwk: keys.keys[0]!,
    token: ({ id = newId<PersonId>(), roles = ['student'], claims = {} } = {}) =>
      new SignJWT({ iss: url, sub: id, roles, exp: Math.floor(Date.now() / 1000) + 3600, ...claims })
        .setProtectedHeader({ alg: 'EdDSA', kid: 'test' })
        .setIssuedAt()
        .sign(privateKey),
    close: () => new Promise((done) => void server.close(() => done())),
  };
}
