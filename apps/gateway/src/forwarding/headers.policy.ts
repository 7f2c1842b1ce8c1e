export type Headers = Readonly<Record<string, string | string[] | undefined>>;

/** What concerns one connection only (RFC 9110, section 7.6.1), and what undici writes itself. */
const HOP_BY_HOP = new Set([
  'connection',
  'content-length',
  'expect',
  'keep-alive',
  'proxy-authenticate',
  'proxy-authorization',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
]);

/** What only a gateway may say; whatever a client says of itself here is dropped. */
const OURS = /^(x-forwarded-.*|forwarded|x-real-ip|x-request-id)$/;

/** What the gateway knows of a request. */
export interface Origin {
  readonly requestId: string;
  readonly ip: string;
  readonly host: string;
  readonly protocol: string;
}

/** The headers that a service gets: the client's, less what is not theirs to say, and the gateway's own. */
export function towardsService(headers: Headers, { requestId, ip, host, protocol }: Origin): Headers {
  return {
    ...kept(headers, (name) => !HOP_BY_HOP.has(name) && !OURS.test(name)),
    'x-request-id': requestId,
    'x-forwarded-for': ip,
    'x-forwarded-host': host,
    'x-forwarded-proto': protocol,
  };
}

/** The headers that the client gets: the service's, less what concerned the connection to it. */
export function towardsClient(headers: Headers): Headers {
  return kept(headers, (name) => name === 'content-length' || (!HOP_BY_HOP.has(name) && name !== 'x-request-id'));
}

function kept(headers: Headers, isKept: (name: string) => boolean): Headers {
  const named = String(headers['connection'] ?? '')
    .toLowerCase()
    .split(',')
    .map((name) => name.trim());
  return Object.fromEntries(Object.entries(headers).filter(([name]) => isKept(name) && !named.includes(name)));
}
