import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { SchedulingError } from '@scheduling/domain';
import type { Repeatable } from '@scheduling/persistence';
import { callerOf, type GuardedRequest } from './caller.ts';

export class KeyMalformed extends SchedulingError {
  readonly kind = 'malformed';
  readonly code = 'idempotency_key_malformed';

  constructor() {
    super('An Idempotency-Key has 1 to 255 printable ASCII characters.');
  }
}

/** The request as one that may come twice, named by its Idempotency-Key header where it has one. */
export const IdempotencyKey = createParamDecorator((_: unknown, context: ExecutionContext): Repeatable => {
  const { headers, method, url, body } = context.switchToHttp().getRequest<GuardedRequest>();
  const key = headers['idempotency-key'] ?? null;
  if (key !== null && (typeof key !== 'string' || !/^[\x20-\x7e]{1,255}$/.test(key))) throw new KeyMalformed();
  return { personId: callerOf(context).personId, key, content: `${method} ${url} ${JSON.stringify(body)}` };
});
