import { HttpException, HttpStatus } from '@nestjs/common';
import { Refusal, type RefusalKind } from '@scheduling/domain';
import type { FastifyReply } from 'fastify';

/** What each kind of refusal is in HTTP. */
const STATUS = {
  malformed: HttpStatus.BAD_REQUEST,
  unauthenticated: HttpStatus.UNAUTHORIZED,
  forbidden: HttpStatus.FORBIDDEN,
  missing: HttpStatus.NOT_FOUND,
  conflict: HttpStatus.CONFLICT,
  gone: HttpStatus.GONE,
  stale: HttpStatus.PRECONDITION_FAILED,
  too_large: HttpStatus.PAYLOAD_TOO_LARGE,
  invalid: HttpStatus.UNPROCESSABLE_ENTITY,
  too_many: HttpStatus.TOO_MANY_REQUESTS,
  unavailable: HttpStatus.SERVICE_UNAVAILABLE,
} as const satisfies Record<RefusalKind, HttpStatus>;

/** Codes for what the framework refuses before any of our code runs. */
const FRAMEWORK_CODES: Record<number, string> = {
  400: 'malformed_request',
  404: 'route_not_found',
  405: 'method_not_allowed',
  413: 'body_too_large',
  415: 'media_type_unsupported',
};

/** An error as clients see it: RFC 9457 problem details. */
export interface Problem {
  readonly status: number;
  readonly code: string;
  readonly title: string;
  readonly facts?: Readonly<Record<string, unknown>>;
}

/** What a client may know of an error; a bug says nothing of itself. */
export function problemOf(error: unknown): Problem {
  if (error instanceof Refusal) {
    return { status: STATUS[error.kind], code: error.code, title: error.message, facts: error.facts };
  }
  const status = statusOf(error);
  if (status >= 400 && status < 500) {
    const code = FRAMEWORK_CODES[status] ?? `http_${status}`;
    return { status, code, title: titleOf(error, status) };
  }
  return { status: HttpStatus.INTERNAL_SERVER_ERROR, code: 'internal', title: 'Something went wrong on our side.' };
}

/** Answers with a problem; a time to wait, and how to sign in, stand in their headers too. */
export function sendProblem(reply: FastifyReply, { status, code, title, facts }: Problem): void {
  void reply.status(status).type('application/problem+json');
  const seconds = facts?.['retry_after_seconds'];
  if (seconds !== undefined) void reply.header('retry-after', String(seconds));
  if (status === HttpStatus.UNAUTHORIZED) void reply.header('www-authenticate', 'Bearer');
  void reply.send({ ...facts, type: `/problems/${code}`, title, status, code });
}

/** Nest's exceptions carry a status, and so do Fastify's errors about what it could not read. */
function statusOf(error: unknown): number {
  if (error instanceof HttpException) return error.getStatus();
  const isFastify = error instanceof Error && 'code' in error && String(error.code).startsWith('FST_ERR');
  return isFastify && 'statusCode' in error ? Number(error.statusCode) : 500;
}

function titleOf(error: unknown, status: number): string {
  if (status === 400) return 'The request is not well-formed.';
  if (status === 404) return 'There is nothing at this address.';
  if (status === 413) return 'The body is larger than 100 kB.';
  return error instanceof Error ? error.message : 'The request was refused.';
}
