import { Body, Controller, HttpCode, HttpStatus, Post, Put } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { SlotId } from '@scheduling/domain';
import type { Repeatable } from '@scheduling/persistence';
import { type Caller, CurrentCaller, IdempotencyKey, Owned, Roles, UuidParam } from '@scheduling/service-kit';
import { AskMinimum, askOf, CanceledSlot, CancelSlot, MinimumView } from './groups.dto.ts';
import { GroupsService } from './groups.service.ts';
import { MinimumsService } from './minimums.service.ts';

@ApiTags('booking')
@ApiBearerAuth()
@Owned('tutor', { foreign: 403 })
@Controller('api/v1/scheduling/booking/slots/:slot_id')
export class GroupsController {
  constructor(
    private readonly groups: GroupsService,
    private readonly minimums: MinimumsService,
  ) {}

  @ApiOperation({
    summary:
      "Cancels every booking in a slot of the caller's with full refunds, and offers the time again only if asked.",
  })
  @Post('cancel')
  @Roles('tutor')
  @HttpCode(HttpStatus.OK)
  @ApiOkResponse({ type: CanceledSlot })
  async cancel(
    @CurrentCaller() caller: Caller,
    @IdempotencyKey() request: Repeatable,
    @UuidParam('slot_id') slotId: SlotId,
    @Body() { reason, reopen = false }: CancelSlot,
  ): Promise<CanceledSlot> {
    const wish = { by: caller.personId, slotId, reason: reason ?? null, reopen };
    return CanceledSlot.of(slotId, await this.groups.cancel(wish, request));
  }

  @ApiOperation({
    summary:
      "Says how many students a slot of the caller's takes; with fewer at the time named, it is canceled with full refunds.",
  })
  @Put('minimum')
  @Roles('tutor')
  @ApiOkResponse({ type: MinimumView })
  async ask(
    @CurrentCaller() caller: Caller,
    @UuidParam('slot_id') slotId: SlotId,
    @Body() ask: AskMinimum,
  ): Promise<MinimumView> {
    return MinimumView.of(await this.minimums.ask(caller.personId, slotId, askOf(ask)));
  }
}
