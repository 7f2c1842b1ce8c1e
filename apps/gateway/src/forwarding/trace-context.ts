import { randomUUID } from 'node:crypto';

const TRACEPARENT = /^[\da-f]{2}-(?!0{32})[\da-f]{32}-(?!0{16})[\da-f]{16}-[\da-f]{2}$/;

/** The trace that a request belongs to: the client's, if it says one (W3C Trace Context, section 3.2), else one that begins here. */
export const traceparentOf = (given: unknown): string =>
  typeof given === 'string' && TRACEPARENT.test(given) && !given.startsWith('ff')
    ? given
    : `00-${hex()}-${hex().slice(16)}-01`;

/** 32 digits; Node makes the bytes of many at a time, which costs a tenth of asking for them one by one. */
const hex = (): string => randomUUID().replaceAll('-', '');

/** Whether a step belongs to the trace that a client named. */
export const isSameTrace = (own: string, given: unknown): boolean => own.split('-')[1] === String(given).split('-')[1];
