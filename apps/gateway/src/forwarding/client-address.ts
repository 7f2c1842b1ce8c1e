import type { IncomingMessage } from 'node:http';
import ipaddr from 'ipaddr.js';

/**
 * Whose request it is, as far as an address says: the socket's, or behind proxies of ours the one that the outermost of them saw. What
 * stands further left in X-Forwarded-For anybody may have written.
 */
export function clientAddress(
  { headers, socket }: Pick<IncomingMessage, 'headers' | 'socket'>,
  proxies: number,
): string {
  const own = socket.remoteAddress ?? 'unknown';
  if (proxies === 0) return own;
  const told = [headers['x-forwarded-for'] ?? []]
    .flat()
    .join(',')
    .split(',')
    .map((part) => part.trim())
    .filter(Boolean);
  return [...told, own].at(-1 - proxies) ?? own;
}

/** What requests of an address are counted under: an IPv6 network of 64 bits is one household's, who may write any address of it. */
export function countedAs(address: string): string {
  if (!ipaddr.isValid(address)) return address;
  const parsed = ipaddr.process(address);
  return parsed.kind() === 'ipv4' ? parsed.toString() : parsed.toByteArray().slice(0, 8).join('.');
}
