import { createPrivateKey } from 'node:crypto';

/** What of a service account's key file is used. */
export interface FcmAccount {
  readonly projectId: string;
  readonly email: string;
  /** PEM. */
  readonly privateKey: string;
  /** Where its tokens come from. */
  readonly tokenUri: string;
}

/** Reads the JSON of a service account's key file; null where it is none. */
export function fcmAccountOf(json: string): FcmAccount | null {
  const account = recordOf(json);
  const { project_id: projectId, client_email: email, private_key: privateKey, token_uri: tokenUri } = account;
  if (typeof projectId !== 'string' || !/^[a-z0-9:.-]{1,100}$/.test(projectId)) return null;
  if (typeof email !== 'string' || typeof privateKey !== 'string' || typeof tokenUri !== 'string') return null;
  if (!email.includes('@') || !isRsaKey(privateKey) || !/^https?:$/.test(URL.parse(tokenUri)?.protocol ?? ''))
    return null;
  return { projectId, email, privateKey, tokenUri };
}

function recordOf(json: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(json);
    return typeof value === 'object' && value !== null ? { ...value } : {};
  } catch {
    return {};
  }
}

function isRsaKey(pem: string): boolean {
  try {
    return createPrivateKey(pem).asymmetricKeyType === 'rsa';
  } catch {
    return false;
  }
}
