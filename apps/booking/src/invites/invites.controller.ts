import { Controller, Get, Res } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { BookingId } from '@scheduling/domain';
import { type Caller, CurrentCaller, Owned, UuidParam } from '@scheduling/service-kit';
import type { FastifyReply } from 'fastify';
import { InvitesService } from './invites.service.ts';

@ApiTags('booking')
@ApiBearerAuth()
@Owned('party', { foreign: 404 })
@Controller('api/v1/scheduling/bookings/:booking_id')
export class InvitesController {
  constructor(private readonly invites: InvitesService) {}

  @ApiOperation({
    summary:
      "Gives a booking of the caller's as an iCalendar file that puts it into a calendar, moves it, or takes it out.",
  })
  @Get('invite.ics')
  @ApiProduces('text/calendar')
  @ApiOkResponse({ schema: { type: 'string' } })
  async show(
    @CurrentCaller() caller: Caller,
    @UuidParam('booking_id') id: BookingId,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    const { method, content } = await this.invites.write(caller, id);
    reply
      .type(`text/calendar; charset=utf-8; method=${method}`)
      .header('content-disposition', 'attachment; filename="lesson.ics"')
      .header('cache-control', 'private, no-cache');
    return content;
  }
}
