import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { type PersonId, type Role, SchedulingError } from '@scheduling/domain';

/** Who is asking: what a verified token says of a person. */
export interface Caller {
  readonly personId: PersonId;
  readonly roles: readonly Role[];
  readonly issuer: string;
  readonly subject: string;
  readonly name: string | null;
  readonly email: string | null;
  /** IANA zone, as the token claims it. */
  readonly timezone: string | null;
  readonly locale: string | null;
}

export class NotSignedIn extends SchedulingError {
  readonly kind = 'unauthenticated';
  readonly code = 'not_signed_in';

  constructor() {
    super('This needs a valid bearer token.');
  }
}

export class RoleMissing extends SchedulingError {
  readonly kind = 'forbidden';
  readonly code = 'role_missing';

  constructor(roles: readonly Role[]) {
    super('This needs a role that the token does not name.', { any_of: roles });
  }
}

/** A request as the guard leaves it. */
export interface GuardedRequest {
  headers: Record<string, string | string[] | undefined>;
  method: string;
  url: string;
  body: unknown;
  caller?: Caller;
}

/** The person whom the verified token of the request names. */
export const CurrentCaller = createParamDecorator((_: unknown, context: ExecutionContext): Caller => callerOf(context));

/** The caller that the guard has found; a public route has none. */
export function callerOf(context: ExecutionContext): Caller {
  const { caller } = context.switchToHttp().getRequest<GuardedRequest>();
  if (!caller) throw new NotSignedIn();
  return caller;
}
