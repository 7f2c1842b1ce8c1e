// node tools/containers/keep-secrets.mjs <folder>: makes what docker/compose.yaml keeps secret, each in a file of its own, unless it is there.
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { secret } from '../postgres/secrets.mjs';
import { fcm, webPush } from '../start/push-doubles.mjs';
import { tokenKeys } from '../start/token-keys.mjs';

/** How the sandbox is called by the other containers, and by a browser on this machine. */
const [HOST, FCM_PORT, WEB_PUSH_PORT] = ['sandbox.localhost', 4015, 4016];

const [folder] = process.argv.slice(2);
const { FCM_SERVICE_ACCOUNT } = fcm(FCM_PORT, HOST);
const { VAPID_PUBLIC_KEY, VAPID_PRIVATE_KEY } = webPush(WEB_PUSH_PORT, folder, HOST);
const values = {
  CALENDAR_TOKEN_KEYS: tokenKeys(folder),
  UNSUBSCRIBE_SECRET: secret(folder, 'unsubscribe'),
  FCM_SERVICE_ACCOUNT,
  VAPID_PUBLIC_KEY,
  VAPID_PRIVATE_KEY,
};
for (const [name, value] of Object.entries(values)) {
  const file = join(folder, name);
  // The account of FCM is made anew by each run, and both who have it must have the same.
  if (!existsSync(file)) writeFileSync(file, value, { mode: 0o444 });
}
