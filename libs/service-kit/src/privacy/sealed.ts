import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';
import { CompactEncrypt, compactDecrypt, importJWK, type JWK } from 'jose';

const ALGORITHM = 'ECDH-ES';
const zip = promisify(gzip);
const unzip = promisify(gunzip);
/** Characters of one piece: an event has 512 kB at most. */
const PIECE = 300_000;

/** Seals what only the holder of the private half may read (RFC 7518, section 4.6), in pieces that fit into events. */
export async function sealedPieces(content: object, publicKey: string): Promise<string[]> {
  const key = await importJWK(JSON.parse(publicKey) as JWK, ALGORITHM);
  const bytes = await zip(JSON.stringify(content));
  const jwe = await new CompactEncrypt(bytes).setProtectedHeader({ alg: ALGORITHM, enc: 'A256GCM' }).encrypt(key);
  return Array.from({ length: Math.ceil(jwe.length / PIECE) }, (_, n) => jwe.slice(n * PIECE, (n + 1) * PIECE));
}

/** Opens what was sealed, from all its pieces in their order. */
export async function unsealed(pieces: readonly string[], privateKey: JWK): Promise<object> {
  const { plaintext } = await compactDecrypt(pieces.join(''), await importJWK(privateKey, ALGORITHM));
  return JSON.parse((await unzip(plaintext)).toString()) as object;
}
