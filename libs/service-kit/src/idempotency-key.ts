import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { ApiHeader } from '@nestjs/swagger';
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

/** Says in the description of the route that it takes the header. */
const describeHeader = (controller: object, method: string | symbol | undefined): void => {
  ApiHeader({
    name: 'Idempotency-Key',
    description: 'Makes a repeat of the request answer what the first one answered, for 48 hours: a UUID will do.',
    schema: { type: 'string', pattern: '^[ -~]{1,255}$' },
  })(controller, method!, Object.getOwnPropertyDescriptor(controller, method!)!);
};

/** The request as one that may come twice, named by its Idempotency-Key header where it has one. */
export const IdempotencyKey = createParamDecorator(
  (_: unknown, context: ExecutionContext): Repeatable => {
    const { headers, method, url, body } = context.switchToHttp().getRequest<GuardedRequest>();
    const key = headers['idempotency-key'] ?? null;
    if (key !== null && (typeof key !== 'string' || !/^[\x20-\x7e]{1,255}$/.test(key))) throw new KeyMalformed();
    return { personId: callerOf(context).personId, key, content: `${method} ${url} ${JSON.stringify(body)}` };
  },
  [describeHeader],
);
