import { Body, Controller, Get, Param, Put } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import { type Caller, CurrentCaller, Owned } from '@scheduling/service-kit';
import { CalendarParams, CalendarsView, CalendarView, ChooseCalendar } from './calendars.dto.ts';
import { CalendarsService } from './calendars.service.ts';

@ApiTags('calendar')
@ApiBearerAuth()
@Owned('caller')
@Controller('api/v1/scheduling/calendar/calendars')
export class CalendarsController {
  constructor(private readonly calendars: CalendarsService) {}

  @ApiOperation({ summary: "Lists the calendars of the caller's connected account, and what each is for." })
  @Get()
  @ApiOkResponse({ type: CalendarsView })
  async list(@CurrentCaller() { personId }: Caller): Promise<CalendarsView> {
    return { items: (await this.calendars.list(personId)).map((one) => CalendarView.of(one)), next_cursor: null };
  }

  @ApiOperation({
    summary:
      "Sets whether a calendar takes time from what the caller offers, and whether it receives the caller's lessons.",
  })
  @Put(':calendar_id')
  @Owned('caller', { foreign: 404 })
  @ApiParam({ name: 'calendar_id', schema: { type: 'string', minLength: 1, maxLength: 1024 } })
  @ApiOkResponse({ type: CalendarView })
  async choose(
    @CurrentCaller() { personId }: Caller,
    @Param() { calendar_id: id }: CalendarParams,
    @Body() choice: ChooseCalendar,
  ): Promise<CalendarView> {
    return CalendarView.of(await this.calendars.choose(personId, id, choice));
  }
}
