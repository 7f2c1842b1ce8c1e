import { generateKeyPairSync } from 'node:crypto';
import { readConfig } from '@scheduling/service-kit';
import { NotificationConfig } from '../src/config.ts';
import { vapidKeys } from './push.scenario.ts';

const needed = { AUTH_ISSUER: 'https://id.example.org', DATABASE_URL: 'postgres://x' };
const keys = vapidKeys();
const vapid = {
  VAPID_PUBLIC_KEY: keys.publicKey,
  VAPID_PRIVATE_KEY: keys.privateKey,
  VAPID_SUBJECT: 'mailto:ops@example.org',
};
const pem = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({ type: 'pkcs8', format: 'pem' });
const account = {
  project_id: 'lessons',
  client_email: 'push@lessons.iam.gserviceaccount.com',
  private_key: String(pem),
  token_uri: 'https://oauth2.googleapis.com/token',
};
const fcm = (more: object = {}) => ({ FCM_SERVICE_ACCOUNT: JSON.stringify({ ...account, ...more }) });
const read = (env: object) => readConfig(NotificationConfig, { ...needed, ...env });

describe('the settings of push messages', () => {
  it.each([
    ['nothing', {}],
    ['keys for browsers', vapid],
    ['an account for telephones', fcm()],
    ['a double', { ...fcm({ token_uri: 'http://127.0.0.1:1/token' }), FCM_API_URL: 'http://127.0.0.1:1' }],
  ])('may be %s', (_what, env) => {
    expect(() => read(env)).not.toThrow();
  });

  const { VAPID_PUBLIC_KEY, VAPID_PRIVATE_KEY, VAPID_SUBJECT } = vapid;
  it.each([
    ['half of the keys', { VAPID_PUBLIC_KEY, VAPID_SUBJECT }, 'VAPID_PRIVATE_KEY must be 32 octets in base64url'],
    ['the other half', { VAPID_PRIVATE_KEY }, 'VAPID_PUBLIC_KEY and VAPID_PRIVATE_KEY must be a pair'],
    ['keys of two pairs', { ...vapid, VAPID_PRIVATE_KEY: vapidKeys().privateKey }, 'must be a pair'],
    ['keys that are none', { ...vapid, VAPID_PRIVATE_KEY: '0'.repeat(43), VAPID_PUBLIC_KEY: 'x' }, 'must be a pair'],
    [
      'no one to write to',
      { VAPID_PUBLIC_KEY, VAPID_PRIVATE_KEY },
      'VAPID_SUBJECT must be how push services reach you',
    ],
    ['a subject that is none', { ...vapid, VAPID_SUBJECT: 'http://x' }, 'VAPID_SUBJECT must be'],
    ['a path', { FCM_SERVICE_ACCOUNT: '/run/secrets/fcm.json' }, 'FCM_SERVICE_ACCOUNT must be the JSON'],
    ['a key that is none', fcm({ private_key: 'hunter2' }), 'FCM_SERVICE_ACCOUNT must be the JSON'],
    ['no project', fcm({ project_id: '../x' }), 'FCM_SERVICE_ACCOUNT must be the JSON'],
    ['tokens over http', fcm({ token_uri: 'http://x.example/token' }), 'FCM_SERVICE_ACCOUNT must be the JSON'],
    ['a double in production', { FCM_API_URL: 'http://127.0.0.1:1', NODE_ENV: 'production' }, 'must not be set in'],
    [
      'an inner origin in production',
      { PUSH_LOCAL_ORIGIN: 'http://127.0.0.1:1', NODE_ENV: 'production' },
      'must not be set in',
    ],
  ])('stop the service in a sentence where they are %s', (_what, env, sentence) => {
    expect(() => read(env)).toThrow(sentence);
    try {
      read(env);
    } catch (error) {
      for (const secret of [pem, 'hunter2', ...Object.values(keys)]) expect(String(error)).not.toContain(secret);
    }
  });
});
