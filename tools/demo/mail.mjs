import { call, eventually } from './gateway.mjs';
import { check, show } from './tell.mjs';

/** Waits for a mail to a person whose invitation has this method, and about this booking. */
export async function mailWith(person, method, bookingId) {
  const path = `/sandbox/inbox.json?to=${encodeURIComponent(person.email)}`;
  const { answer, result } = await eventually(
    () => call('GET', path),
    ({ body }) => body.items?.find((mail) => invites(mail, method, bookingId)),
  );
  check(result, `${person.name} gets an e-mail with an invitation, METHOD:${method}`, answer);
  show(`"${result.subject}" ${result.message_id}`);
}

/** Waits for a mail that tells a person of a kind of news about this booking; answers it. */
export async function mailAbout(person, kind, bookingId) {
  const path = `/sandbox/inbox.json?to=${encodeURIComponent(person.email)}`;
  const { answer, result } = await eventually(
    () => call('GET', path),
    ({ body }) => body.items?.find(({ message_id: id }) => id.startsWith(`<${kind}.${bookingId}.`)),
  );
  check(result, `${person.name} gets an e-mail about it`, answer);
  show(`"${result.subject}" ${result.message_id}`);
  return result;
}

/** The calendar file travels encoded, once as a part and once attached. */
function invites({ raw }, method, bookingId) {
  const decoded = parts(raw)
    .join('\n')
    .replaceAll(/\r?\n[ \t]/g, '');
  return decoded.includes(`METHOD:${method}`) && decoded.includes(bookingId);
}

function parts(raw) {
  const base64 = [...raw.matchAll(/(?:^[A-Za-z0-9+/=]{4,76}\r?\n)+/gm)].map(([block]) =>
    Buffer.from(block, 'base64').toString(),
  );
  const quoted = raw
    .replaceAll(/=\r?\n/g, '')
    .replaceAll(/=([0-9A-F]{2})/g, (_, hex) => String.fromCharCode(parseInt(hex, 16)));
  return [raw, quoted, ...base64];
}
