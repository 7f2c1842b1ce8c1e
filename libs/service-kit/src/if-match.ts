import {
  applyDecorators,
  type CallHandler,
  createParamDecorator,
  type ExecutionContext,
  type NestInterceptor,
  UseInterceptors,
} from '@nestjs/common';
import { ApiExtension, ApiHeader } from '@nestjs/swagger';
import { Malformed } from '@scheduling/contracts';
import type { ExpectedVersions } from '@scheduling/domain';
import type { FastifyReply } from 'fastify';
import { type Observable, tap } from 'rxjs';
import type { GuardedRequest } from './caller.ts';

/** One entity tag (RFC 9110, section 8.8.3), with the version in it where it is one of ours. */
const TAG = /^(?<weak>W\/)?"(?:v(?<version>\d{1,15})|[!#-~\u0080-\u00ff]*)"$/;
const LONGEST = 1000;

/** Says in the description of the route that it takes the header. */
const describeHeader = (controller: object, method: string | symbol | undefined): void => {
  ApiHeader({
    name: 'If-Match',
    required: false,
    description: 'The ETag of what was read: where it has changed since, nothing is done (412 `version_stale`).',
    schema: { type: 'string', example: '"v3"' },
  })(controller, method!, Object.getOwnPropertyDescriptor(controller, method!)!);
};

/** Which versions the request is meant for, by its If-Match header: any without one, or with a star. */
export const IfMatch = createParamDecorator(
  (_: unknown, context: ExecutionContext): ExpectedVersions => {
    const header = context.switchToHttp().getRequest<GuardedRequest>().headers['if-match'];
    return header === undefined ? null : versionsIn(String(header));
  },
  [describeHeader],
);

/** The versions that an If-Match header names. A weak tag names none: RFC 9110, section 13.1.1, compares strongly. */
export function versionsIn(header: string): ExpectedVersions {
  const text = header.trim();
  if (text === '*') return null;
  const tags = text.length <= LONGEST ? text.split(',').map((tag) => TAG.exec(tag.trim())) : [null];
  if (tags.includes(null)) throw Malformed.field('if-match', 'if-match must be a star, or ETags that were given here');
  return tags.flatMap((tag) => {
    const { weak, version } = tag!.groups!;
    return version === undefined || weak !== undefined ? [] : [Number(version)];
  });
}

/** Answers with the version of what is shown as its ETag. */
class VersionTag implements NestInterceptor {
  intercept(context: ExecutionContext, next: CallHandler<{ version: number }>): Observable<unknown> {
    const reply = context.switchToHttp().getResponse<FastifyReply>();
    return next.handle().pipe(tap(({ version }) => void reply.header('etag', `"v${version}"`)));
  }
}

/** Gives the answers of a route an ETag, `"v3"`, from the `version` in them, for If-Match. */
export const Versioned = () => applyDecorators(UseInterceptors(new VersionTag()), ApiExtension('x-versioned', true));
