import {
  createDecipheriv,
  createPublicKey,
  type ECDH,
  hkdfSync,
  type JsonWebKey,
  type KeyObject,
  verify,
} from 'node:crypto';

/** What a browser keeps to itself. */
export interface Secrets {
  readonly curve: ECDH;
  readonly auth: Buffer;
}

const HEADER = 21;
const POINT = 65;
const TAG = 16;
const LAST = 2;

/** Opens what was encrypted for a browser (RFC 8188, RFC 8291), in one record; throws where it was not. */
export function opened(octets: Buffer, { curve, auth }: Secrets): string {
  const salt = octets.subarray(0, 16);
  if (octets[20] !== POINT) throw new Error('the header names no key');
  const sender = octets.subarray(HEADER, HEADER + POINT);
  const sealed = octets.subarray(HEADER + POINT);
  const info = Buffer.concat([Buffer.from('WebPush: info\0'), curve.getPublicKey(), sender]);
  const secret = hkdf(curve.computeSecret(sender), auth, info, 32);
  const key = hkdf(secret, salt, Buffer.from('Content-Encoding: aes128gcm\0'), 16);
  const nonce = hkdf(secret, salt, Buffer.from('Content-Encoding: nonce\0'), 12);
  const decipher = createDecipheriv('aes-128-gcm', key, nonce).setAuthTag(sealed.subarray(-TAG));
  const plain = Buffer.concat([decipher.update(sealed.subarray(0, -TAG)), decipher.final()]);
  const end = plain.lastIndexOf(LAST);
  if (end < 0) throw new Error('the record has no end');
  return plain.subarray(0, end).toString('utf8');
}

const hkdf = (secret: Buffer, salt: Buffer, info: Buffer, length: number): Buffer =>
  Buffer.from(hkdfSync('sha256', secret, salt, info, length));

/** The claims of a token that this key has signed by this algorithm; throws where it has not. */
export function claimsOf(
  token: string,
  key: KeyObject,
  algorithm: 'ES256' | 'RS256',
): Readonly<Record<string, unknown>> {
  const [head = '', body = '', signature = ''] = token.split('.');
  const { alg } = JSON.parse(Buffer.from(head, 'base64url').toString()) as { alg?: unknown };
  const by = algorithm === 'ES256' ? ({ key, dsaEncoding: 'ieee-p1363' } as const) : key;
  const isSigned = verify('sha256', Buffer.from(`${head}.${body}`), by, Buffer.from(signature, 'base64url'));
  if (alg !== algorithm || !isSigned) throw new Error('the signature is not of this key');
  return JSON.parse(Buffer.from(body, 'base64url').toString()) as Record<string, unknown>;
}

/** A public key from its point on P-256, in base64url. */
export function keyOfPoint(text: string): KeyObject {
  const octets = Buffer.from(text, 'base64url');
  const part = (from: number): string => octets.subarray(from, from + 32).toString('base64url');
  const jwk: JsonWebKey = { kty: 'EC', crv: 'P-256', x: part(1), y: part(33) };
  return createPublicKey({ key: jwk, format: 'jwk' });
}
