import { selects } from './world.mjs';

/** Whether policies let a connection through: `from` and `to` are pods, or `{ address }` of somewhere outside. */
export function isLet(policies, from, to, port) {
  return leaves(policies, from, to, port) && enters(policies, from, to, port);
}

const leaves = (policies, from, to, port) =>
  passes(policies, from, 'Egress', ({ to: peers, ports }) => isPeer(peers, to, from) && isPort(ports, port, to));

const enters = (policies, from, to, port) =>
  passes(policies, to, 'Ingress', ({ from: peers, ports }) => isPeer(peers, from, to) && isPort(ports, port, to));

/** Whom no policy selects may do anything; whom some select, what one of them says. */
function passes(policies, pod, direction, says) {
  const about = policies.filter(
    ({ metadata, spec }) => isAbout(metadata, spec, pod) && spec.policyTypes.includes(direction),
  );
  return about.length === 0 || about.some(({ spec }) => (spec[direction.toLowerCase()] ?? []).some(says));
}

const isAbout = ({ namespace }, { podSelector }, pod) =>
  pod.namespace === namespace && selects(podSelector, pod.labels);

/** Nobody named means everybody. */
function isPeer(peers, other, self) {
  return !peers || peers.some((peer) => isOne(peer, other, self));
}

function isOne({ ipBlock, namespaceSelector, podSelector }, other, self) {
  if (ipBlock) return other.address !== undefined && isWithin(ipBlock, other.address);
  if (other.address !== undefined) return false;
  const isNear = namespaceSelector
    ? selects(namespaceSelector, { 'kubernetes.io/metadata.name': other.namespace })
    : other.namespace === self.namespace;
  return isNear && (!podSelector || selects(podSelector, other.labels));
}

/** No port named means every port; a name is one of the pod that is called. */
function isPort(ports, port, { ports: own = [] }) {
  const numberOf = (one) => (typeof one === 'number' ? one : own.find(({ name }) => name === one)?.number);
  return !ports || ports.some((one) => one.port === undefined || numberOf(one.port) === port);
}

function isWithin({ cidr, except = [] }, address) {
  return holds(cidr, address) && !except.some((part) => holds(part, address));
}

/** Of IPv4: other blocks hold none of the addresses that rules ask about. */
function holds(cidr, address) {
  const [start, length] = cidr.split('/');
  if (start.includes(':')) return false;
  const shift = 2 ** (32 - Number(length));
  return Math.floor(numberOf(start) / shift) === Math.floor(numberOf(address) / shift);
}

const numberOf = (address) => address.split('.').reduce((sum, part) => sum * 256 + Number(part), 0);
