/** What a request is like, as far as it may be asked for often. */
export const LIMIT_CLASSES = ['read', 'write', 'hold', 'money', 'public', 'token', 'webhook'] as const;
export type LimitClass = (typeof LIMIT_CLASSES)[number];

/** So many requests in so many seconds. */
export interface Limit {
  readonly requests: number;
  readonly seconds: number;
}

/** What one person may ask; an address may ask so many times more, since many people may share one. */
const USUAL: Readonly<Record<LimitClass, Limit>> = {
  read: { requests: 1200, seconds: 60 },
  write: { requests: 300, seconds: 60 },
  hold: { requests: 120, seconds: 60 },
  money: { requests: 120, seconds: 60 },
  public: { requests: 300, seconds: 60 },
  token: { requests: 120, seconds: 60 },
  webhook: { requests: 6000, seconds: 60 },
};
const ADDRESS_TIMES = 5;

export type Limits = Readonly<Record<LimitClass, Limit>>;

const RULE = /^([a-z]+):(\d{1,7})\/(\d{1,5})$/;

/** Reads `write:120/60,hold:30/60`, which changes some of the usual limits; null for what cannot be read. */
export function limitsFrom(text: string): Limits | null {
  const rules = text.split(',').map((rule) => RULE.exec(rule.trim()));
  if (!rules.every((rule) => rule && LIMIT_CLASSES.some((known) => known === rule[1]))) return null;
  const given = rules.map((rule) => [rule![1], { requests: Number(rule![2]), seconds: Number(rule![3]) }] as const);
  return given.every(([, { requests, seconds }]) => requests > 0 && seconds > 0)
    ? { ...USUAL, ...Object.fromEntries(given) }
    : null;
}

/** The limits that hold where nothing else is said. */
export const usualLimits = (): Limits => USUAL;

/** What an address may ask where a person may ask so much. */
export const forAddress = ({ requests, seconds }: Limit): Limit => ({ requests: requests * ADDRESS_TIMES, seconds });

const PREFIX = '/api/v1/scheduling/';

/** The class of a request, by its method and path. */
export function limitClassOf(method: string, path: string, isPublic: boolean): LimitClass {
  if (path.startsWith(`${PREFIX}webhooks/`)) return 'webhook';
  if (path.startsWith('/api/v1/accounts/dev/')) return 'token';
  if (isPublic) return 'public';
  if (method === 'GET' || method === 'HEAD') return 'read';
  if (path.startsWith(`${PREFIX}booking/hold`)) return 'hold';
  const [area = ''] = path.slice(PREFIX.length).split('/');
  return path.startsWith(PREFIX) && ['credits', 'payments', 'plans', 'subscriptions'].includes(area)
    ? 'money'
    : 'write';
}
