// A provider of OpenID Connect by another implementation, the package oidc-provider, in a process of its own since it is published as ES
// modules only: oidc-provider.mjs <port> <keys as JSON>. Says its address on one line. It gives JWT access tokens to one machine.
import { createServer } from 'node:http';
import { Provider } from 'oidc-provider';

const [port, keys] = process.argv.slice(2);
const AUDIENCE = 'https://scheduling.example';

const server = createServer((request, response) => void callback(request, response));
await new Promise((ready) => server.listen(Number(port), '127.0.0.1', ready));
const url = `http://127.0.0.1:${server.address().port}`;
const resource = { scope: 'lessons', accessTokenFormat: 'jwt', accessTokenTTL: 3600, audience: AUDIENCE };
const signedBy = JSON.parse(keys)[0].alg;
const provider = new Provider(url, {
  clients: [
    {
      client_id: 'machine-7',
      client_secret: 'secret',
      grant_types: ['client_credentials'],
      redirect_uris: [],
      response_types: [],
      id_token_signed_response_alg: signedBy,
    },
  ],
  jwks: { keys: JSON.parse(keys) },
  scopes: ['lessons'],
  features: {
    clientCredentials: { enabled: true },
    devInteractions: { enabled: false },
    resourceIndicators: {
      enabled: true,
      getResourceServerInfo: () => ({ ...resource, jwt: { sign: { alg: signedBy } } }),
      defaultResource: () => AUDIENCE,
    },
  },
  extraTokenClaims: () => ({ sub: 'machine-7', roles: ['service'] }),
});
const callback = provider.callback();
console.log(JSON.stringify({ url }));
