import type { Received, Reply } from '../doubles/http-server.ts';
import { newId } from './new-id.ts';

/** An answer of the double's, before it has a request's id. */
export interface Answer {
  readonly status: number;
  readonly body: string;
  /** The request that it was first given to. */
  readonly requestId: string;
}

/** A request as the double reads it. */
export interface Asked {
  readonly method: string;
  /** Without the query, such as `/v1/refunds`. */
  readonly path: string;
  readonly query: string;
  readonly body: string;
  readonly authorization: string;
  readonly idempotencyKey?: string;
  readonly requestId: string;
}

/** Reads what Stripe reads of a request. */
export function askedBy({ method, path, query, body, headers }: Received): Asked {
  const key = headers['idempotency-key'];
  return {
    method,
    path,
    query,
    body,
    authorization: headers.authorization ?? '',
    ...(typeof key === 'string' && key !== '' && { idempotencyKey: key }),
    requestId: newId('req', 14),
  };
}

/** An answer with the headers that Stripe's have. */
export function replyTo(asked: Asked, answer: Answer, { headers: given }: Received): Reply {
  const version = given['stripe-version'];
  const headers = {
    'request-id': asked.requestId,
    ...(typeof version === 'string' && { 'stripe-version': version }),
    ...(asked.idempotencyKey && { 'idempotency-key': asked.idempotencyKey, 'original-request': answer.requestId }),
    ...(answer.requestId !== asked.requestId && { 'idempotent-replayed': 'true' }),
  };
  return { status: answer.status, body: answer.body, headers };
}
