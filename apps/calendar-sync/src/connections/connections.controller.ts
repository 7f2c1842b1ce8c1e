import { Body, Controller, Delete, Get, Header, HttpCode, Post } from '@nestjs/common';
import { ApiBearerAuth, ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { type Caller, CurrentCaller, Owned } from '@scheduling/service-kit';
import { ConnectCalendar, ConsentView, StatusView } from './connections.dto.ts';
import { ConsentsService } from './consents.service.ts';
import { DisconnectService } from './disconnect.service.ts';
import { StatusService } from './status.service.ts';

@ApiTags('calendar')
@ApiBearerAuth()
@Owned('caller')
@Controller('api/v1/scheduling/calendar')
export class ConnectionsController {
  constructor(
    private readonly consents: ConsentsService,
    private readonly disconnecting: DisconnectService,
    private readonly statuses: StatusService,
  ) {}

  @ApiOperation({
    summary: 'Says where the caller agrees to have their Google calendar connected; the address is good once.',
  })
  @Get('auth-url')
  @Header('cache-control', 'no-store')
  @ApiOkResponse({ type: ConsentView })
  async ask(@CurrentCaller() { personId }: Caller): Promise<ConsentView> {
    return ConsentView.of(await this.consents.ask(personId));
  }

  @ApiOperation({
    summary: 'Connects the Google calendar that the caller has agreed to, with the code that Google gave.',
  })
  @Post('connect')
  @HttpCode(200)
  @ApiOkResponse({ type: StatusView })
  async connect(@CurrentCaller() { personId }: Caller, @Body() { code, state }: ConnectCalendar): Promise<StatusView> {
    await this.consents.answer({ code, state: state ?? null, by: personId });
    return StatusView.of(await this.statuses.show(personId));
  }

  @ApiOperation({ summary: "Says how the caller's calendar connection is doing." })
  @Get('status')
  @Header('cache-control', 'no-store')
  @ApiOkResponse({ type: StatusView })
  async status(@CurrentCaller() { personId }: Caller): Promise<StatusView> {
    return StatusView.of(await this.statuses.show(personId));
  }

  @ApiOperation({ summary: "Disconnects the caller's Google calendar and forgets what it said; bookings stay." })
  @Delete('disconnect')
  @HttpCode(204)
  @ApiNoContentResponse()
  disconnect(@CurrentCaller() { personId }: Caller): Promise<void> {
    return this.disconnecting.disconnect(personId);
  }
}
