import { Body, Controller, Get, Header, HttpCode, Put } from '@nestjs/common';
import { ApiNoContentResponse, ApiOkResponse, ApiOperation } from '@nestjs/swagger';
import { Public } from '@scheduling/service-kit';
import { RequestFaultsBody } from '../doubles/request-faults.dto.ts';
import { MeetingsView } from './zoom.dto.ts';
import { ZoomService } from './zoom.service.ts';

@Public()
@Controller('sandbox/zoom')
export class ZoomController {
  constructor(private readonly zoom: ZoomService) {}

  @ApiOperation({ summary: 'Lists the meetings that stand at the double of Zoom, the oldest first.' })
  @Get('meetings.json')
  @Header('cache-control', 'no-store')
  @ApiOkResponse({ type: MeetingsView })
  list(): MeetingsView {
    return MeetingsView.of(this.zoom.double.meetings());
  }

  @ApiOperation({ summary: 'Lets the double of Zoom fail as told from now on; with {} all goes well again.' })
  @Put('faults')
  @HttpCode(204)
  @ApiNoContentResponse()
  setFaults(@Body() faults: RequestFaultsBody): void {
    this.zoom.double.setFaults(faults);
  }
}
