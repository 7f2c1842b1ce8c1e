import { applyDecorators, type CanActivate, type ExecutionContext, Injectable, SetMetadata } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { ApiExtension } from '@nestjs/swagger';
import type { Role } from '@scheduling/domain';
import { actingIs } from '@scheduling/persistence';
import { type GuardedRequest, NotSignedIn, RoleMissing } from './caller.ts';
import { Tokens } from './tokens.ts';

const PUBLIC = 'public';
const ROLES = 'roles';

/** Lets a route be called without a token. */
export const Public = () => applyDecorators(SetMetadata(PUBLIC, true), ApiExtension('x-public', true));

/** Demands one of these roles of the caller. */
export const Roles = (...roles: [Role, ...Role[]]) =>
  applyDecorators(SetMetadata(ROLES, roles), ApiExtension('x-roles', roles));

/** Stands before every route: a token is needed unless the route is public, and a role where one is named. */
@Injectable()
export class AuthGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly tokens: Tokens | null,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    if (context.getType() !== 'http') return true;
    const places = [context.getHandler(), context.getClass()];
    if (this.reflector.getAllAndOverride<boolean>(PUBLIC, places)) return true;

    const request = context.switchToHttp().getRequest<GuardedRequest>();
    const token = bearerOf(request.headers);
    if (token === null || !this.tokens) throw new NotSignedIn();
    const caller = await this.tokens.verify(token);
    request.caller = caller;
    actingIs(caller.personId, caller.roles);

    const roles = this.reflector.getAllAndOverride<Role[] | undefined>(ROLES, places);
    if (roles && !roles.some((role) => caller.roles.includes(role))) throw new RoleMissing(roles);
    return true;
  }
}

/** The bearer token of a request (RFC 6750, section 2.1), if it has one that could be a JWT. */
export function bearerOf(headers: Readonly<Record<string, unknown>>): string | null {
  return /^Bearer ([\w-]+\.[\w-]+\.[\w-]+)$/i.exec(String(headers['authorization']))?.[1] ?? null;
}
