import { generateKeyPairSync, randomBytes } from 'node:crypto';
import webPush from 'web-push';

/** Secrets of the right form, which open nothing. */
const SAMPLES = {
  DATABASE_URL: 'postgres://booking:secret@database-rw:5432/scheduling',
  REDIS_URL: 'redis://:secret@redis.redis:6379',
  CALENDAR_TOKEN_KEYS: `a:${randomBytes(32).toString('base64')}`,
  STRIPE_SECRET_KEY: 'sk_test_sample',
  SMTP_URL: 'smtps://user:secret@mail.example.org:465',
  UNSUBSCRIBE_SECRET: 'x'.repeat(32),
  TWILIO_ACCOUNT_SID: `AC${'0'.repeat(32)}`,
  TWILIO_FROM: '+15005550006',
  FCM_SERVICE_ACCOUNT: serviceAccount(),
  ...vapid(),
};

/** A secret of the right form, as it could be in a file. */
export const sampleOf = (name) => SAMPLES[name] ?? 'sample';

function vapid() {
  const { publicKey, privateKey } = webPush.generateVAPIDKeys();
  return { VAPID_PUBLIC_KEY: publicKey, VAPID_PRIVATE_KEY: privateKey, VAPID_SUBJECT: 'mailto:you@example.org' };
}

function serviceAccount() {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  return JSON.stringify({
    type: 'service_account',
    project_id: 'sample',
    client_email: 'push@sample.iam.gserviceaccount.com',
    private_key: privateKey.export({ type: 'pkcs8', format: 'pem' }),
    token_uri: 'https://oauth2.googleapis.com/token',
  });
}
