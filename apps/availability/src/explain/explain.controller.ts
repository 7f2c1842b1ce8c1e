import { Controller, Get, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { PersonId } from '@scheduling/domain';
import { type Caller, CurrentCaller, Owned, Roles, UuidParam } from '@scheduling/service-kit';
import { ExplainTime, ExplanationView } from './explain.dto.ts';
import { ExplainService } from './explain.service.ts';

@ApiTags('availability')
@ApiBearerAuth()
@Roles('tutor', 'admin')
@Owned('tutor', { foreign: 403, unknown: 403, over: ['admin'] })
@Controller('api/v1/scheduling/availability/:tutor_id/explain')
export class ExplainController {
  constructor(private readonly explaining: ExplainService) {}

  @ApiOperation({ summary: "Tells of each lesson's length of a tutor's time why it can or cannot be booked." })
  @Get()
  @ApiOkResponse({ type: ExplanationView })
  async explain(
    @CurrentCaller() caller: Caller,
    @UuidParam('tutor_id') tutorId: PersonId,
    @Query() { start, end }: ExplainTime,
  ): Promise<ExplanationView> {
    const asked = { from: new Date(start), until: new Date(end) };
    return ExplanationView.of(tutorId, await this.explaining.explain(caller, tutorId, asked));
  }
}
