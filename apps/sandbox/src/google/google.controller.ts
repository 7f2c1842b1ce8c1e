import { Body, Controller, Delete, Get, Header, HttpCode, Param, Patch, Post, Put, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiProduces } from '@nestjs/swagger';
import { Public } from '@scheduling/service-kit';
import { Page } from '../pages/page.ts';
import { CALENDARS_POLICY, calendarsPage } from './calendars.page.ts';
import {
  CalendarParams,
  CalendarsQuery,
  CalendarsView,
  EventChangeBody,
  EventParams,
  EventView,
  GoogleFaultsBody,
  NewEventBody,
  OwnerQuery,
  ownEventOf,
} from './google.dto.ts';
import { GoogleService } from './google.service.ts';

@Public()
@Controller('sandbox/google')
export class GoogleController {
  constructor(private readonly google: GoogleService) {}

  /** Shows every fake calendar with its events. */
  @Get()
  @Page(CALENDARS_POLICY)
  page(): string {
    return calendarsPage(this.google.list());
  }

  @ApiOperation({ summary: 'Lists the calendars that the double of Google keeps, with their events.' })
  @Get('calendars.json')
  @Header('cache-control', 'no-store')
  @ApiOkResponse({ type: CalendarsView })
  list(@Query() { email }: CalendarsQuery): CalendarsView {
    return CalendarsView.of(this.google.list(email));
  }

  @ApiOperation({ summary: 'Gives a fake calendar as a file, as others publish theirs.' })
  @Get('calendars/:email.ics')
  @Header('content-type', 'text/calendar; charset=utf-8')
  @Header('cache-control', 'no-store')
  @ApiProduces('text/calendar')
  @ApiOkResponse({ type: String })
  file(@Param() { email }: CalendarParams): string {
    return this.google.file(email);
  }

  @ApiOperation({ summary: 'Writes an event into somebody’s main calendar, as they do themselves.' })
  @Post('events')
  @ApiCreatedResponse({ type: EventView })
  add(@Body() { email, ...body }: NewEventBody): EventView {
    return EventView.of(this.google.add(email, ownEventOf(body)), 'UTC');
  }

  @ApiOperation({ summary: 'Moves or renames an event in somebody’s main calendar, as they do themselves.' })
  @Patch('events/:id')
  @ApiOkResponse({ type: EventView })
  change(@Param() { id }: EventParams, @Query() { email }: OwnerQuery, @Body() body: EventChangeBody): EventView {
    return EventView.of(this.google.change(email, id, ownEventOf(body)), 'UTC');
  }

  @ApiOperation({ summary: 'Deletes an event from somebody’s main calendar, as they do themselves.' })
  @Delete('events/:id')
  @HttpCode(204)
  @ApiNoContentResponse()
  remove(@Param() { id }: EventParams, @Query() { email }: OwnerQuery): void {
    this.google.remove(email, id);
  }

  @ApiOperation({ summary: 'Lets the double of Google fail as told from now on; with {} all goes well again.' })
  @Put('faults')
  @HttpCode(204)
  @ApiNoContentResponse()
  setFaults(@Body() faults: GoogleFaultsBody): void {
    this.google.setFaults(faults);
  }
}
