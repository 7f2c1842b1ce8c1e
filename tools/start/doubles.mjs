import { freePort } from '../postgres/server.mjs';
import { fcm, webPush } from './push-doubles.mjs';

/**
 * The doubles of outside providers, for whoever has no account there: with an account of one's own, the real one is
 * meant. `gateway` is how a browser calls the gateway.
 */
export async function doubles(env, gateway, dataDir) {
  return {
    ...(!env.STRIPE_SECRET_KEY && stripe(await freePort(), gateway)),
    ...(!env.GOOGLE_CLIENT_ID && google(await freePort(), gateway)),
    ...(!env.ZOOM_ACCOUNT_ID && zoom(await freePort())),
    ...(!env.TWILIO_ACCOUNT_SID && twilio(await freePort(), env.PUBLIC_URL || gateway)),
    ...(!env.VAPID_PUBLIC_KEY && webPush(await freePort(), dataDir)),
    ...(!env.FCM_SERVICE_ACCOUNT && fcm(await freePort())),
  };
}

const stripe = (port, gateway) => ({
  STRIPE_PORT: String(port),
  STRIPE_API_URL: `http://127.0.0.1:${port}`,
  STRIPE_SECRET_KEY: 'sk_test_sandbox',
  STRIPE_WEBHOOK_SECRET: 'whsec_sandbox',
  STRIPE_WEBHOOK_URL: `${gateway}/api/v1/scheduling/webhooks/stripe`,
});

/** What makes the double of Google one's Google. */
export const google = (port, gateway) => ({
  GOOGLE_PORT: String(port),
  GOOGLE_API_URL: `http://127.0.0.1:${port}`,
  GOOGLE_CLIENT_ID: 'sandbox',
  GOOGLE_CLIENT_SECRET: 'sandbox-secret',
  GOOGLE_REDIRECT_URI: `${gateway}/api/v1/scheduling/auth/google/callback`,
});

const zoom = (port) => ({
  ZOOM_PORT: String(port),
  ZOOM_API_URL: `http://127.0.0.1:${port}`,
  ZOOM_ACCOUNT_ID: 'sandbox',
  ZOOM_CLIENT_ID: 'sandbox',
  ZOOM_CLIENT_SECRET: 'sandbox-secret',
});

const twilio = (port, gateway) => ({
  TWILIO_PORT: String(port),
  TWILIO_API_URL: `http://127.0.0.1:${port}`,
  TWILIO_ACCOUNT_SID: `AC${'0'.repeat(32)}`,
  TWILIO_AUTH_TOKEN: 'sandbox-token',
  TWILIO_FROM: '+15005550006',
  TWILIO_INBOUND_URL: `${gateway}/api/v1/scheduling/webhooks/twilio/inbound`,
});
