import { createECDH, createHash, generateKeyPairSync } from 'node:crypto';
import { secret } from '../postgres/secrets.mjs';

/** What makes the double of browsers' push services theirs; the keys are the data folder's, so that a browser that subscribed stays so. */
export function webPush(port, dataDir, host = '127.0.0.1') {
  const curve = createECDH('prime256v1');
  const key = createHash('sha256').update(secret(dataDir, 'web-push')).digest();
  curve.setPrivateKey(key);
  return {
    WEB_PUSH_PORT: String(port),
    PUSH_LOCAL_ORIGIN: `http://${host}:${port}`,
    VAPID_PUBLIC_KEY: curve.getPublicKey('base64url'),
    VAPID_PRIVATE_KEY: key.toString('base64url'),
    VAPID_SUBJECT: 'mailto:lessons@localhost.localdomain',
  };
}

/** What makes the double of Firebase Cloud Messaging one's own; its telephones live no longer than its account. */
export function fcm(port, host = '127.0.0.1') {
  const url = `http://${host}:${port}`;
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const account = JSON.stringify({
    type: 'service_account',
    project_id: 'sandbox',
    client_email: 'push@sandbox.iam.gserviceaccount.com',
    private_key: privateKey.export({ type: 'pkcs8', format: 'pem' }),
    token_uri: `${url}/token`,
  });
  return { FCM_PORT: String(port), FCM_API_URL: url, FCM_SERVICE_ACCOUNT: account, FCM_DOUBLE_ACCOUNT: account };
}
