import { Body, Controller, Delete, Get, HttpCode, HttpStatus, Param, Put } from '@nestjs/common';
import { ApiBearerAuth, ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Malformed } from '@scheduling/contracts';
import { type Caller, CurrentCaller, Owned, Roles } from '@scheduling/service-kit';
import { KeepOverride, KeptOverrideView, OverrideList, OverrideView } from './overrides.dto.ts';
import { OverridesService } from './overrides.service.ts';

const DATE = /^(19[7-9]\d|20\d\d)-\d\d-\d\d$/;

/** The date in the path, refused as malformed unless there is such a date. */
const DateParam = () =>
  Param('date', {
    transform: (value: unknown) => {
      const date = new Date(DATE.test(String(value)) ? `${value}T00:00:00Z` : Number.NaN);
      // Date rolls 30 February over into March.
      if (!Number.isNaN(date.getTime()) && date.toISOString().startsWith(String(value))) return value;
      throw Malformed.field('date', 'date must be a date such as 2026-12-01');
    },
  });

@ApiTags('availability')
@ApiBearerAuth()
@Roles('tutor')
@Owned('caller')
@Controller('api/v1/scheduling/availability/overrides')
export class OverridesController {
  constructor(private readonly overrides: OverridesService) {}

  @ApiOperation({ summary: 'Lists what the caller does otherwise on dates that are not over.' })
  @Get()
  @ApiOkResponse({ type: OverrideList })
  async list(@CurrentCaller() caller: Caller): Promise<OverrideList> {
    return OverrideList.of(await this.overrides.list(caller.personId));
  }

  @ApiOperation({ summary: 'Shows what the caller does otherwise on one date.' })
  @Get(':date')
  @Owned('caller', { foreign: 404 })
  @ApiOkResponse({ type: OverrideView })
  async show(@CurrentCaller() caller: Caller, @DateParam() date: string): Promise<OverrideView> {
    return OverrideView.of(await this.overrides.find(caller.personId, date));
  }

  @ApiOperation({
    summary:
      'Keeps hours of one date, besides or in the place of what the caller offers on it; no hours are a day off.',
  })
  @Put(':date')
  @ApiOkResponse({ type: KeptOverrideView })
  async keep(
    @CurrentCaller() caller: Caller,
    @DateParam() date: string,
    @Body() asked: KeepOverride,
  ): Promise<KeptOverrideView> {
    const tutor = { id: caller.personId, tokenZone: caller.timezone };
    return KeptOverrideView.ofKept(await this.overrides.keep(tutor, KeepOverride.wish(date, asked)));
  }

  @ApiOperation({ summary: 'Forgets what the caller does otherwise on one date.' })
  @Delete(':date')
  @Owned('caller', { foreign: 404 })
  @HttpCode(HttpStatus.NO_CONTENT)
  @ApiNoContentResponse()
  async delete(@CurrentCaller() caller: Caller, @DateParam() date: string): Promise<void> {
    await this.overrides.delete(caller.personId, date);
  }
}
