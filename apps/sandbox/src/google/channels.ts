import type { calendar_v3 } from 'googleapis/build/src/apis/calendar';
import type { Call } from './api.ts';
import { parsed } from './event-body.ts';
import { GoogleRefusal, invalid } from './google-refusal.ts';
import { resourceOf } from './pushes.ts';

/** How long a channel lives when nothing is said, and at most, in seconds. */
const TTL = { usual: 604_800, most: 2_592_000 } as const;
const ID = /^[A-Za-z0-9\-_+/=]{1,64}$/;
/** This machine, by RFC 6761 and where names of containers end so. */
const HERE = /^(127\.0\.0\.1|([\w-]+\.)*localhost)$/;

/** Opens a channel on a calendar's events. */
export function openChannel({ world, email, calendarId, body }: Call): object {
  const calendar = world.readable(email, calendarId);
  const { id, token, type, address, params, expiration } = parsed(body) as calendar_v3.Schema$Channel;
  if (type !== 'web_hook') throw invalid('Unknown channel type.', 'channelUnknownType');
  if (!ID.test(id ?? '')) throw invalid('Invalid value for: id.', 'required');
  if ((token ?? '').length > 256) throw invalid('The token is too long.');
  checkAddress(address ?? '');
  if (world.pushes.has(id!)) throw invalid(`Channel id ${id} not unique`, 'channelIdNotUnique');
  const now = world.now().getTime();
  const wanted = expiration ? Number(expiration) : now + Number(params?.['ttl'] ?? TTL.usual) * 1000;
  if (!(wanted > now)) throw invalid('Invalid value for: expiration.');
  const until = Math.min(wanted, now + TTL.most * 1000);
  const resourceId = resourceOf(email, calendar.entry.id);
  const resourceUri = `https://www.googleapis.com/calendar/v3/calendars/${encodeURIComponent(calendar.entry.id)}/events?alt=json`;
  const channel = {
    id: id!,
    token: token ?? null,
    address: address!,
    resourceId,
    resourceUri,
    email,
    expiration: until,
  };
  world.pushes.watch(channel);
  return { kind: 'api#channel', id, resourceId, resourceUri, ...(token && { token }), expiration: String(until) };
}

/** Ends a channel, which only who opened it can. */
export function stopChannel({ world, email, body }: Call): undefined {
  const { id, resourceId } = parsed(body) as calendar_v3.Schema$Channel;
  if (!world.pushes.stop({ id: String(id), resourceId: String(resourceId), email }))
    throw new GoogleRefusal(404, 'notFound', `Channel '${id}' not found for project.`);
}

/** HTTPS, or this machine's own loopback: the double calls nobody else. */
function checkAddress(address: string): void {
  const url = URL.canParse(address) ? new URL(address) : undefined;
  const isTaken = url?.protocol === 'http:' && HERE.test(url.hostname);
  if (!isTaken)
    throw invalid('WebHook callback must be HTTPS; the double calls this machine only.', 'push.webhookUrlNotHttps');
}
