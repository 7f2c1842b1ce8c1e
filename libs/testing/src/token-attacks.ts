import { createHmac, createPublicKey, generateKeyPairSync, type JsonWebKey, type KeyObject, sign } from 'node:crypto';

/** A good token, and what anybody may know of its issuer: all that whoever forges one has. */
export interface Forgery {
  readonly issuer: string;
  /** The public half of the key that signs. */
  readonly jwk: JsonWebKey & { readonly kid?: string };
  readonly good: string;
}

type Json = Record<string, unknown>;

const text = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
const now = (): number => Math.floor(Date.now() / 1000);

/** Tokens that must be refused, by what is wrong with them. */
export function tokenAttacks({ issuer, jwk, good }: Forgery): [what: string, token: string][] {
  const [head = '', body = '', signature = ''] = good.split('.');
  const header = JSON.parse(Buffer.from(head, 'base64url').toString()) as Json;
  const claims = JSON.parse(Buffer.from(body, 'base64url').toString()) as Json;
  const admin = { ...claims, roles: ['admin', 'service'] };
  const own = generateKeyPairSync('ed25519');
  const ownJwk = own.publicKey.export({ format: 'jwk' });
  const signed = (more: Json, said: Json = admin): string => signedBy(own.privateKey, { ...header, ...more }, said);
  const shared = (secret: string | Buffer, alg = 'HS256'): string => {
    const content = `${text({ ...header, alg })}.${text(admin)}`;
    return `${content}.${createHmac(`sha${alg.slice(2)}`, secret)
      .update(content)
      .digest('base64url')}`;
  };
  const pem = createPublicKey({ key: jwk, format: 'jwk' }).export({ type: 'spki', format: 'pem' }).toString();
  const kid = String(jwk.kid);
  return [
    ['alg none', `${text({ alg: 'none', typ: 'JWT' })}.${text(admin)}.`],
    ['alg none in capitals, with a signature', `${text({ ...header, alg: 'NONE' })}.${text(admin)}.${signature}`],
    ['no signature', `${head}.${body}.`],
    ['the signature of other claims', `${head}.${text(admin)}.${signature}`],
    ['a header that was changed', `${text({ ...header, extra: 1 })}.${body}.${signature}`],
    ['a signature with a bit turned', `${head}.${body}.${turned(signature)}`],
    ['another key under the right name', signed({})],
    ['a key that nobody knows', signed({ kid: 'unknown' })],
    ['no name of a key, and another key', signed({ kid: undefined })],
    ['a path for the name of a key', signed({ kid: '../../../../dev/null' })],
    ['SQL for the name of a key', signed({ kid: "' or '1'='1" })],
    ['an address for the name of a key', signed({ kid: 'http://127.0.0.1:9/keys' })],
    ['a list for the name of a key', signed({ kid: [kid] })],
    ['its own key in the header', signed({ jwk: ownJwk })],
    ['an address of keys in the header', signed({ jku: 'http://127.0.0.1:9/keys' })],
    ['an address of a certificate in the header', signed({ x5u: 'http://127.0.0.1:9/cert' })],
    ['a certificate in the header', signed({ x5c: ['AAAA'] })],
    ['a header that must be understood', signed({ crit: ['b64'], b64: false })],
    ['HS256 with the public key as PEM', shared(pem)],
    ['HS256 with the public key as JWK', shared(JSON.stringify(jwk))],
    ['HS256 with the public key’s bytes', shared(Buffer.from(String(jwk['x']), 'base64url'))],
    ['HS512 with an empty secret', shared('', 'HS512')],
    ['an issuer of its own', signed({}, { ...admin, iss: 'http://127.0.0.1:9' })],
    ['an issuer that begins like ours', signed({}, { ...admin, iss: `${issuer}.evil.example` })],
    ['claims that are a list', `${head}.${text([claims])}.${signature}`],
    ['claims that are no JSON', `${head}.${Buffer.from('{"sub":').toString('base64url')}.${signature}`],
    [
      'a subject named twice',
      `${head}.${Buffer.from(`{"sub":"a",${JSON.stringify(claims).slice(1)}`).toString('base64url')}.${signature}`,
    ],
    ['a token in a token', signed({ cty: 'JWT' }, { ...admin, jwt: good })],
    ['five parts, as if encrypted', `${head}..${body}.${signature}.x`],
    ['letters that look alike', `${head}.${body}.${signature}`.replace('e', '\u00e9')],
    ['two tokens', `${good}, ${good}`],
    ['a huge one', signed({}, { ...admin, filler: 'x'.repeat(200_000) })],
    ['a huge name of a key', signed({ kid: 'k'.repeat(6_000) })],
    ['nothing but dots', '..'],
    ['an expiry as text', signed({}, { ...admin, exp: 'never' })],
    ['an expiry in a thousand years', signed({}, { ...admin, exp: now() + 31_556_952_000 })],
  ];
}

function signedBy(key: KeyObject, header: Json, claims: Json): string {
  const content = `${text({ ...header, alg: 'EdDSA' })}.${text(claims)}`;
  return `${content}.${sign(null, Buffer.from(content), key).toString('base64url')}`;
}

function turned(signature: string): string {
  const bytes = Buffer.from(signature, 'base64url');
  bytes[0] = (bytes[0] ?? 0) ^ 1;
  return bytes.toString('base64url');
}
