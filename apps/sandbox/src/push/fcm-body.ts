import { fcmRefusal } from './fcm-refusal.ts';
import type { Shown } from './shown.ts';

const MOST_OCTETS = 4096;

/** A message as it was sent. */
interface Sent {
  readonly token?: unknown;
  readonly notification?: { readonly title?: unknown; readonly body?: unknown };
  readonly data?: Readonly<Record<string, unknown>>;
  readonly android?: {
    readonly priority?: unknown;
    readonly ttl?: unknown;
    readonly notification?: { readonly tag?: unknown };
  };
  readonly apns?: { readonly headers?: Readonly<Record<string, unknown>> };
}

/** The telephone that a message is for, and what is to be seen there; throws what FCM would refuse. */
export function readMessage(body: string, isIos: (token: string) => boolean): Omit<Shown, 'receivedAt'> {
  const { token, notification = {}, data = {}, android = {}, apns = {} } = messageOf(body);
  if (typeof token !== 'string') throw invalid('message');
  if (Buffer.byteLength(body) > MOST_OCTETS) throw fcmRefusal(400, 'INVALID_ARGUMENT');
  if (Object.values(data).some((value) => typeof value !== 'string')) throw invalid('message.data[0].value');
  const seconds = /^(\d{1,7})s$/.exec(String(android.ttl))?.[1];
  if (android.ttl !== undefined && seconds === undefined) throw invalid('message.android.ttl');
  const headers = apns.headers ?? {};
  const tag = isIos(token) ? headers['apns-collapse-id'] : android.notification?.tag;
  return {
    address: token,
    title: word(notification.title),
    body: word(notification.body),
    link: word(data['link']),
    kind: word(data['kind']),
    tag: word(tag),
    isUrgent: isIos(token) ? headers['apns-priority'] === '10' : android.priority === 'HIGH',
    seconds: Number(seconds ?? 2_419_200),
  };
}

function messageOf(body: string): Sent {
  try {
    const { message } = JSON.parse(body) as { message?: Sent };
    if (typeof message === 'object' && message !== null) return message;
  } catch {
    // What is no JSON is refused below.
  }
  throw invalid('message');
}

const invalid = (field: string) => fcmRefusal(400, 'INVALID_ARGUMENT', { errorCode: 'INVALID_ARGUMENT', field });
const word = (value: unknown): string => (typeof value === 'string' ? value : '');
