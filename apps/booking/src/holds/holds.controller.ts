import { Body, Controller, Delete, HttpCode, HttpStatus, Post, Res } from '@nestjs/common';
import {
  ApiBearerAuth,
  ApiCreatedResponse,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
} from '@nestjs/swagger';
import type { SlotId } from '@scheduling/domain';
import type { Repeatable } from '@scheduling/persistence';
import { type Caller, CurrentCaller, IdempotencyKey, Owned, Roles, UuidParam } from '@scheduling/service-kit';
import type { FastifyReply } from 'fastify';
import { HoldView, PlaceHold } from './holds.dto.ts';
import { HoldsService } from './holds.service.ts';

@ApiTags('booking')
@ApiBearerAuth()
@Owned('caller')
@Controller('api/v1/scheduling/booking/hold')
export class HoldsController {
  constructor(private readonly holds: HoldsService) {}

  @ApiOperation({
    summary: 'Sets a seat aside for the caller for ten minutes; a repeated request answers the same hold with 200.',
  })
  @Post()
  @Roles('student')
  @Owned('house', { unknown: 404 })
  @ApiCreatedResponse({ type: HoldView })
  @ApiOkResponse({ type: HoldView, description: 'The caller held it already.' })
  async place(
    @CurrentCaller() caller: Caller,
    @IdempotencyKey() request: Repeatable,
    @Body() { slot_id }: PlaceHold,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<HoldView> {
    const { hold, isRepeated } = await this.holds.place(caller.personId, slot_id, request);
    reply.status(isRepeated ? HttpStatus.OK : HttpStatus.CREATED);
    return HoldView.of(hold);
  }

  @ApiOperation({ summary: "Lets go of the caller's hold on a slot; a hold that has ended already changes nothing." })
  @Delete(':slot_id')
  @Roles('student')
  @Owned('caller', { foreign: 409, unknown: 409 })
  @HttpCode(HttpStatus.NO_CONTENT)
  @ApiNoContentResponse({ description: 'The caller does not hold the slot any more.' })
  async release(@CurrentCaller() caller: Caller, @UuidParam('slot_id') slotId: SlotId): Promise<void> {
    await this.holds.release(caller.personId, slotId);
  }
}
