import { OAuth2Client } from 'google-auth-library';
import { calendar, type calendar_v3 } from 'googleapis/build/src/apis/calendar';
import type { CalendarSyncConfig } from '../config.ts';

/** How long one request may take, in milliseconds. */
const PATIENCE_MS = 10_000;

/** What the product needs of a calendar, and no more. */
export const SCOPES = ['calendar.events', 'calendar.freebusy', 'calendar.calendarlist.readonly'].map(
  (name) => `https://www.googleapis.com/auth/${name}`,
);

/** What each request is told; retries are the work rows' to count. */
export interface RequestOptions {
  readonly retry: false;
  readonly timeout: number;
  /** Node's own, in place of one that the library would load with an import at run time. */
  readonly fetchImplementation: typeof fetch;
  readonly headers?: Record<string, string>;
}

/** The options of one request. */
export const requestOptions = (): RequestOptions => ({
  retry: false,
  timeout: PATIENCE_MS,
  fetchImplementation: fetch,
});

/** Whether an OAuth client of Google's is set up. */
export const isGoogleOn = ({ GOOGLE_CLIENT_ID: id }: CalendarSyncConfig): boolean => id !== undefined;

/** Google's consent, token and revocation endpoints, or those of what stands in for it. */
export function oauthClient(config: CalendarSyncConfig): OAuth2Client {
  const { GOOGLE_CLIENT_ID: clientId, GOOGLE_CLIENT_SECRET: clientSecret, GOOGLE_REDIRECT_URI: redirectUri } = config;
  const place = placeOf(config);
  return new OAuth2Client({
    clientId,
    clientSecret,
    redirectUri,
    transporterOptions: requestOptions(),
    ...(place && {
      endpoints: {
        oauth2AuthBaseUrl: `${place}/o/oauth2/v2/auth`,
        oauth2TokenUrl: `${place}/token`,
        oauth2RevokeUrl: `${place}/revoke`,
      },
    }),
  });
}

/** Google's calendar for whoever has this access token. */
export function calendarOf(config: CalendarSyncConfig, accessToken: string): calendar_v3.Calendar {
  // Without a refresh token the library cannot refresh by itself: that is done under a lease, by one replica at a time.
  const auth = new OAuth2Client();
  auth.setCredentials({ access_token: accessToken });
  const place = placeOf(config);
  return calendar({ version: 'v3', auth, ...(place && { rootUrl: `${place}/` }) });
}

const placeOf = ({ GOOGLE_API_URL: url }: CalendarSyncConfig): string | undefined => url?.replace(/\/$/, '');
