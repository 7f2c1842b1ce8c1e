import { Controller, Get, Headers, Query, Req, Res } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import { Maybe, Text } from '@scheduling/contracts';
import { bearerOf, Owned } from '@scheduling/service-kit';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { EventStreams } from './event-streams.ts';

export class FollowTopic {
  /** `me`, or `tutor:<tutor_id>:slots`. */
  @Text(1, 100) readonly topic!: string;
  /** The version that the caller has, as Last-Event-ID for whoever cannot set it. */
  @Maybe() @Text(1, 100) readonly from?: string;
}

@ApiTags('realtime')
@ApiBearerAuth()
@Owned('caller')
@Controller('api/v1/scheduling/realtime/events')
export class EventsController {
  constructor(private readonly streams: EventStreams) {}

  @ApiOperation({
    summary:
      'Follows a topic as server-sent events: a snapshot, then what changes. docs/realtime.md tells what they say.',
  })
  @Get()
  @ApiProduces('text/event-stream')
  @ApiOkResponse({ schema: { type: 'string' }, description: 'A stream that does not end by itself.' })
  async follow(
    @Query() { topic, from }: FollowTopic,
    @Headers('last-event-id') last: string | undefined,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await this.streams.open({ topic, from: last ?? from ?? null, token: bearerOf(request.headers)! }, reply);
  }
}
