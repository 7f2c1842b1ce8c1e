import { Controller, Get, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { PersonId } from '@scheduling/domain';
import { type Caller, CurrentCaller, UuidParam } from '@scheduling/service-kit';
import { isZone } from '@scheduling/time';
import { SearchSlots, SlotList } from './slots.dto.ts';
import { SlotsService } from './slots.service.ts';

@ApiTags('availability')
@ApiBearerAuth()
@Controller('api/v1/scheduling/availability/:tutor_id/slots')
export class SlotsController {
  constructor(private readonly slots: SlotsService) {}

  @ApiOperation({
    summary: 'Lists the slots of a tutor that can be held just now, in UTC and on the clock of the timezone asked for.',
  })
  @Get()
  @ApiOkResponse({ type: SlotList })
  async search(
    @CurrentCaller() caller: Caller,
    @UuidParam('tutor_id') tutorId: PersonId,
    @Query() { start_date: start, end_date: end, timezone, limit, cursor }: SearchSlots,
  ): Promise<SlotList> {
    const zone = timezone ?? zoneOfToken(caller);
    const after = cursor === undefined ? null : new Date(cursor);
    const found = await this.slots.search(tutorId, { start, end, timezone: zone }, { limit: limit + 1, after });
    return SlotList.of(found, limit, zone);
  }
}

/** A token's zone that is none is as good as no claim: the caller could not mend it. */
const zoneOfToken = ({ timezone }: Caller): string => (timezone !== null && isZone(timezone) ? timezone : 'UTC');
