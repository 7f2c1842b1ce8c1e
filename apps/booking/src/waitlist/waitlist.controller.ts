import { Body, Controller, Delete, Get, HttpCode, HttpStatus, Post, Query, Res } from '@nestjs/common';
import {
  ApiBearerAuth,
  ApiCreatedResponse,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
} from '@nestjs/swagger';
import type { WaitlistId } from '@scheduling/domain';
import type { Repeatable } from '@scheduling/persistence';
import { type Caller, CurrentCaller, IdempotencyKey, Owned, Roles, UuidParam } from '@scheduling/service-kit';
import type { FastifyReply } from 'fastify';
import { JoinService } from './join.service.ts';
import { JoinWaitlist, ListWaitlist, WaitlistList, WaitlistPlaceView, WaitlistView } from './waitlist.dto.ts';
import { WaitlistService } from './waitlist.service.ts';

@ApiTags('booking')
@ApiBearerAuth()
@Roles('student')
@Owned('caller')
@Controller('api/v1/scheduling/waitlist')
export class WaitlistController {
  constructor(
    private readonly joining: JoinService,
    private readonly waitlist: WaitlistService,
  ) {}

  @ApiOperation({
    summary:
      'Puts the caller at the end of the line for a slot of a tutor, or for any in a window; a repeated request answers the same place with 200.',
  })
  @Post()
  @ApiCreatedResponse({ type: WaitlistView })
  @ApiOkResponse({ type: WaitlistView, description: 'The caller waited already.' })
  async join(
    @CurrentCaller() caller: Caller,
    @IdempotencyKey() request: Repeatable,
    @Body() asked: JoinWaitlist,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<WaitlistView> {
    const { isRepeated, ...place } = await this.joining.join(caller.personId, JoinWaitlist.wish(asked), request);
    reply.status(isRepeated ? HttpStatus.OK : HttpStatus.CREATED);
    return WaitlistView.of(place);
  }

  @ApiOperation({ summary: "Lists the caller's places in lines, the newest first." })
  @Get()
  @ApiOkResponse({ type: WaitlistList })
  async list(@CurrentCaller() caller: Caller, @Query() { limit, cursor }: ListWaitlist): Promise<WaitlistList> {
    return WaitlistList.of(
      await this.waitlist.list(caller.personId, { after: cursor ?? null, limit: limit + 1 }),
      limit,
    );
  }

  @ApiOperation({ summary: "Shows a place of the caller's: how many come before, and what has happened so far." })
  @Get(':waitlist_id')
  @Owned('caller', { foreign: 404 })
  @ApiOkResponse({ type: WaitlistPlaceView })
  async show(@CurrentCaller() caller: Caller, @UuidParam('waitlist_id') id: WaitlistId): Promise<WaitlistPlaceView> {
    return WaitlistPlaceView.ofPlace(await this.waitlist.find(caller.personId, id));
  }

  @ApiOperation({
    summary:
      'Takes the caller out of the line, an open offer with it; whoever does not wait any more stays as they were.',
  })
  @Delete(':waitlist_id')
  @Owned('caller', { foreign: 404 })
  @HttpCode(HttpStatus.NO_CONTENT)
  @ApiNoContentResponse({ description: 'The caller does not wait any more.' })
  async leave(@CurrentCaller() caller: Caller, @UuidParam('waitlist_id') id: WaitlistId): Promise<void> {
    await this.waitlist.leave(caller.personId, id);
  }
}
