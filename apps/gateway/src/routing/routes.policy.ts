export const SERVICES = ['accounts', 'availability', 'booking', 'calendar-sync', 'notification', 'sandbox'] as const;
export type ServiceName = (typeof SERVICES)[number];

/** Where the requests below a path go. */
export interface Route {
  /** Whole segments, without the first slash; `*` stands for any one. */
  readonly prefix: string;
  readonly service: ServiceName;
  /** Whether it is reached without a token. */
  readonly isPublic?: true;
}

/** The route table, all of it; the longest prefix that matches wins. */
export const ROUTES: readonly Route[] = [
  { prefix: 'api/v1/scheduling/availability/search', service: 'booking' },
  { prefix: 'api/v1/scheduling/availability/*/slots', service: 'booking' },
  { prefix: 'api/v1/scheduling/availability', service: 'availability' },
  { prefix: 'api/v1/scheduling/booking', service: 'booking' },
  { prefix: 'api/v1/scheduling/bookings', service: 'booking' },
  { prefix: 'api/v1/scheduling/calendar', service: 'calendar-sync' },
  // Whoever subscribes to a feed has no token: the secret in its address is the key.
  { prefix: 'api/v1/scheduling/calendar/feed/*', service: 'calendar-sync', isPublic: true },
  // A browser comes back from Google without a token: the state that calendar-sync gave it says who it is.
  { prefix: 'api/v1/scheduling/auth/google/callback', service: 'calendar-sync', isPublic: true },
  { prefix: 'api/v1/scheduling/credits', service: 'booking' },
  { prefix: 'api/v1/scheduling/notifications', service: 'notification' },
  // Whoever ends mail of one kind from its header or its last line has no token: the sealed link says who it is.
  { prefix: 'api/v1/scheduling/notifications/unsubscribe', service: 'notification', isPublic: true },
  { prefix: 'api/v1/scheduling/payments', service: 'booking' },
  { prefix: 'api/v1/scheduling/plans', service: 'booking' },
  { prefix: 'api/v1/scheduling/subscriptions', service: 'booking' },
  { prefix: 'api/v1/scheduling/waitlist', service: 'booking' },
  { prefix: 'api/v1/scheduling/webhook-endpoints', service: 'notification' },
  // Stripe has no token: booking checks its signature, made of the body's very bytes.
  { prefix: 'api/v1/scheduling/webhooks/stripe', service: 'booking', isPublic: true },
  // Google neither: calendar-sync checks the channel's own token.
  { prefix: 'api/v1/scheduling/webhooks/google-calendar', service: 'calendar-sync', isPublic: true },
  // Nor Twilio: notification checks its signature.
  { prefix: 'api/v1/scheduling/webhooks/twilio', service: 'notification', isPublic: true },
  { prefix: 'api/v1/accounts/.well-known', service: 'accounts', isPublic: true },
  { prefix: 'api/v1/accounts/dev/token', service: 'accounts', isPublic: true },
  { prefix: 'api/v1/accounts', service: 'accounts' },
  { prefix: 'sandbox', service: 'sandbox', isPublic: true },
  // Answers only where it is turned on.
  { prefix: 'dev/messages', service: 'notification', isPublic: true },
];

/** Finds the route of a path as it stands in the request line, without its query; null where there is none. */
export function findRoute(path: string, routes: readonly Route[] = ROUTES): Route | null {
  const segments = read(path);
  return segments && (inOrder(routes).find(({ prefix }) => begins(segments, prefix))?.route ?? null);
}

/** A path as services read it, whichever way its characters are written; as it came where there are two ways to read it. */
export function plainPath(path: string): string {
  if (!path.includes('%')) return path;
  const segments = read(path);
  return segments ? `/${segments.join('/')}` : path;
}

/** How a log or a figure names a path: by the prefix of its route, since what follows may be an id, or the secret of a feed. */
export const nameOf = (path: string): string => `/${findRoute(path)?.prefix ?? 'none'}`;

interface Prepared {
  readonly route: Route;
  readonly prefix: readonly string[];
}

const prepared = new WeakMap<readonly Route[], readonly Prepared[]>();

/** Routes with their segments, the longest first; worked out once for each table. */
function inOrder(routes: readonly Route[]): readonly Prepared[] {
  const known = prepared.get(routes);
  if (known) return known;
  const all = routes.map((route) => ({ route, prefix: route.prefix.split('/') }));
  const sorted = all.toSorted((a, b) => b.prefix.length - a.prefix.length);
  prepared.set(routes, sorted);
  return sorted;
}

const begins = (segments: readonly string[], prefix: readonly string[]): boolean =>
  prefix.length <= segments.length && prefix.every((part, i) => part === '*' || part === segments[i]);

/**
 * The decoded segments of a path; null for one that the gateway and a service might read differently.
 * No address of ours has an empty segment, one that begins or ends with two dots, or a slash inside one, however it is written.
 */
function read(path: string): readonly string[] | null {
  if (!path.startsWith('/') || /[\\#?]/.test(path)) return null;
  const segments = path.slice(1).split('/').map(decoded);
  return segments.every(isPlain) ? segments : null;
}

const isPlain = (segment: string | null): segment is string =>
  segment !== null && !/^\.?$|^\.\.|\.\.$|[/\\\p{Cc}]/u.test(segment);

function decoded(segment: string): string | null {
  try {
    return decodeURIComponent(segment);
  } catch (error) {
    if (error instanceof URIError) return null;
    throw error;
  }
}
