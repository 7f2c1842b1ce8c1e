import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto';

/** The project whose telephones the double reaches, and the account that may write to them. */
export interface FcmAccount {
  readonly project: string;
  readonly email: string;
  readonly publicKey: KeyObject;
  /** The account's key file. */
  readonly json: string;
}

/** The account of a key file. */
export function accountOf(json: string): FcmAccount {
  const { project_id: project, client_email: email, private_key: key } = JSON.parse(json) as Record<string, string>;
  return { project: project!, email: email!, publicKey: createPublicKey(createPrivateKey(key!)), json };
}

/** A new account, whose tokens come from this address. */
export function newAccount(tokenUri: string): FcmAccount {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const email = 'push@sandbox.iam.gserviceaccount.com';
  const json = JSON.stringify({
    type: 'service_account',
    project_id: 'sandbox',
    client_email: email,
    private_key: privateKey.export({ type: 'pkcs8', format: 'pem' }),
    token_uri: tokenUri,
  });
  return { project: 'sandbox', email, publicKey, json };
}
