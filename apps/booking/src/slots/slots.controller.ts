import { Controller, Get, Headers, HttpStatus, Query, Res } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { PersonId } from '@scheduling/domain';
import { type Caller, CurrentCaller, Owned, UuidParam } from '@scheduling/service-kit';
import type { FastifyReply } from 'fastify';
import { readerZone } from './reader-zone.ts';
import { SlotListService } from './slot-list.service.ts';
import { SearchSlots, SlotList } from './slots.dto.ts';

@ApiTags('availability')
@ApiBearerAuth()
@Owned('house')
@Controller('api/v1/scheduling/availability/:tutor_id/slots')
export class SlotsController {
  constructor(private readonly lists: SlotListService) {}

  @ApiOperation({
    summary: 'Lists the slots of a tutor that can be held just now, in UTC and on the clock of the timezone asked for.',
  })
  @Get()
  @ApiOkResponse({
    type: SlotList,
    headers: { etag: { description: 'For If-None-Match.', schema: { type: 'string' } } },
  })
  @ApiResponse({ status: 304, description: 'The list is the one that If-None-Match names.' })
  async search(
    @CurrentCaller() caller: Caller,
    @UuidParam('tutor_id') tutorId: PersonId,
    @Query() { start_date: start, end_date: end, timezone: asked, limit, cursor }: SearchSlots,
    @Headers('if-none-match') known: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string | undefined> {
    const timezone = readerZone(asked, caller);
    const after = cursor === undefined ? null : new Date(cursor);
    const { body, etag } = await this.lists.show({ tutorId, start, end, timezone, limit: limit + 1, after }, (slots) =>
      SlotList.of(slots, limit, timezone),
    );
    reply.header('etag', etag).header('cache-control', 'private, no-cache').header('vary', 'authorization');
    if (names(known, etag)) {
      reply.status(HttpStatus.NOT_MODIFIED);
      return undefined;
    }
    reply.type('application/json; charset=utf-8');
    return body;
  }
}

/** Whether If-None-Match names this tag (RFC 9110 §13.1.2): by weak comparison, so a `W/` that a proxy put before it is no matter. */
const names = (header: string | undefined, etag: string): boolean =>
  header !== undefined &&
  (header.trim() === '*' || header.split(',').some((tag) => tag.trim().replace(/^W\//, '') === etag));
