import { All, Controller, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { Public } from '@scheduling/service-kit';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { ForwardService } from './forward.service.ts';

/** Open to the guard, since the route table says which paths need a token. */
@Public()
@ApiExcludeController()
@Controller()
export class ForwardController {
  constructor(private readonly forwarding: ForwardService) {}

  /** Takes whatever no other route of the gateway took. */
  @All('*')
  async forward(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    await this.forwarding.forward(request, reply);
  }
}
