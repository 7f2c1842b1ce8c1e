import { type ArgumentsHost, Catch, type ExceptionFilter, Logger } from '@nestjs/common';
import { loggable } from '@scheduling/domain';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { problemOf, sendProblem } from './problem.ts';

/** The only place where a "no" becomes HTTP. What is our fault is logged. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  private readonly logger = new Logger(ProblemFilter.name);

  catch(error: unknown, host: ArgumentsHost): void {
    // What a consumer throws is the log's to judge, with its class intact.
    if (host.getType() !== 'http') throw error;

    const problem = problemOf(error);
    const request = host.switchToHttp().getRequest<FastifyRequest>();
    if (problem.status >= 500) {
      const route = `${request.method} ${request.routeOptions.url}`;
      this.logger.error({ request_id: request.id, route, code: problem.code, error: loggable(error) });
    }
    sendProblem(host.switchToHttp().getResponse<FastifyReply>(), problem);
  }
}
