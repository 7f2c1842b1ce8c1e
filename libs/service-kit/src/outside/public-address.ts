import ipaddr from 'ipaddr.js';

/** Where Azure answers its own machines, in the middle of the public range. */
const AZURE = '168.63.129.16';
/** All that is handed out of IPv6. */
const GLOBAL_UNICAST = ipaddr.IPv6.parse('2000::');

/** Whether an IP address is one of the public internet: not of this machine, this network, its provider, or a way through to those. */
export function isPublic(address: string): boolean {
  if (!ipaddr.isValid(address)) return false;
  // What is written as ::ffff:10.0.0.1 reaches 10.0.0.1.
  const ip = ipaddr.process(address);
  if (ip.range() !== 'unicast' || ip.toString() === AZURE) return false;
  return ip instanceof ipaddr.IPv4 || ip.match(GLOBAL_UNICAST, 3);
}
