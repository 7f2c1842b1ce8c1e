import { createECDH } from 'node:crypto';

/** Whether two keys in base64url are a pair on P-256, as browsers and push services need them. */
export function isPair(publicKey: string, privateKey: string): boolean {
  const curve = createECDH('prime256v1');
  try {
    curve.setPrivateKey(privateKey, 'base64url');
    return /^[\w-]{43}$/.test(privateKey) && curve.getPublicKey('base64url') === publicKey;
  } catch {
    return false;
  }
}
