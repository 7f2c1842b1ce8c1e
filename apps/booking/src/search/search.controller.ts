import { Controller, Get, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { type Caller, CurrentCaller, Owned } from '@scheduling/service-kit';
import { readerZone } from '../slots/reader-zone.ts';
import { FreeTutorList, SearchTutors } from './search.dto.ts';
import { SearchService } from './search.service.ts';

@ApiTags('availability')
@ApiBearerAuth()
@Owned('house')
@Controller('api/v1/scheduling/availability/search')
export class SearchController {
  constructor(private readonly searching: SearchService) {}

  @ApiOperation({
    summary: 'Finds the tutors who are free in a window, and the first lesson with each, nearest first.',
  })
  @Get()
  @ApiOkResponse({ type: FreeTutorList })
  async search(@CurrentCaller() caller: Caller, @Query() asked: SearchTutors): Promise<FreeTutorList> {
    const { from, to, limit, cursor } = asked;
    const timezone = readerZone(asked.timezone, caller);
    const found = await this.searching.find({
      window: { start: from, end: to, timezone },
      tutorIds: asked.tutor_ids ?? null,
      minPrice: asked.min_price ?? null,
      maxPrice: asked.max_price ?? null,
      after: SearchTutors.placeOf(cursor),
      limit,
    });
    return FreeTutorList.of(found, timezone);
  }
}
