import { Body, Controller, Get, HttpCode, HttpStatus, Post, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { SeriesId } from '@scheduling/domain';
import type { Repeatable } from '@scheduling/persistence';
import { type Caller, CurrentCaller, IdempotencyKey, Owned, Roles, UuidParam } from '@scheduling/service-kit';
import { MakingService } from './making.service.ts';
import {
  CancelSeries,
  ListSeries,
  MakeSeries,
  PreviewSeries,
  SeriesList,
  SeriesPreview,
  SeriesView,
} from './series.dto.ts';
import { SeriesService } from './series.service.ts';

@ApiTags('booking')
@ApiBearerAuth()
@Owned('party')
@Controller('api/v1/scheduling/bookings/series')
export class SeriesController {
  constructor(
    private readonly making: MakingService,
    private readonly series: SeriesService,
  ) {}

  @ApiOperation({ summary: 'Says what could be had of a series just now, date by date; nothing is set aside.' })
  @Post('preview')
  @HttpCode(HttpStatus.OK)
  @Roles('student')
  @Owned('caller')
  @ApiOkResponse({ type: SeriesPreview })
  async preview(@CurrentCaller() caller: Caller, @Body() asked: PreviewSeries): Promise<SeriesPreview> {
    return SeriesPreview.of(await this.making.preview(caller.personId, PreviewSeries.wish(asked)));
  }

  @ApiOperation({
    summary:
      'Books a lesson that comes back, all dates at once or none; each is paid for some days before it starts, and what the tutor does not offer yet is reserved as soon as they do.',
  })
  @Post()
  @Roles('student')
  @Owned('caller')
  @ApiCreatedResponse({ type: SeriesView })
  async make(
    @CurrentCaller() caller: Caller,
    @IdempotencyKey() request: Repeatable,
    @Body() asked: MakeSeries,
  ): Promise<SeriesView> {
    const wish = PreviewSeries.wish(asked);
    return SeriesView.of(await this.making.make(caller.personId, wish, asked.payment_method, request));
  }

  @ApiOperation({ summary: "Lists the caller's series, as student and as tutor, the newest first." })
  @Get()
  @ApiOkResponse({ type: SeriesList })
  async list(@CurrentCaller() caller: Caller, @Query() { limit, cursor }: ListSeries): Promise<SeriesList> {
    return SeriesList.of(await this.series.list(caller.personId, { after: cursor ?? null, limit: limit + 1 }), limit);
  }

  @ApiOperation({ summary: "Shows a series of the caller's with all of its dates." })
  @Get(':series_id')
  @Owned('party', { foreign: 404 })
  @ApiOkResponse({ type: SeriesView })
  async show(@CurrentCaller() caller: Caller, @UuidParam('series_id') id: SeriesId): Promise<SeriesView> {
    return SeriesView.of(await this.series.find(caller.personId, id));
  }

  @ApiOperation({
    summary:
      "Cancels lessons of a series of the caller's: one, that and whatever follows, or all that is left, each by its own policy. A repeat changes nothing.",
  })
  @Post(':series_id/cancel')
  @Owned('party', { foreign: 404 })
  @HttpCode(HttpStatus.OK)
  @ApiOkResponse({ type: SeriesView })
  async cancel(
    @CurrentCaller() caller: Caller,
    @IdempotencyKey() request: Repeatable,
    @UuidParam('series_id') seriesId: SeriesId,
    @Body() asked: CancelSeries,
  ): Promise<SeriesView> {
    const wish = { by: caller.personId, seriesId, extent: CancelSeries.extent(asked), reason: asked.reason ?? null };
    return SeriesView.of(await this.series.cancel(wish, request));
  }
}
