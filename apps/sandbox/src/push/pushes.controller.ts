import { Body, Controller, Delete, Get, Header, HttpCode, Param, Post, Put } from '@nestjs/common';
import { ApiCreatedResponse, ApiNoContentResponse, ApiOkResponse, ApiOperation } from '@nestjs/swagger';
import { Public } from '@scheduling/service-kit';
import { RequestFaultsBody } from '../doubles/request-faults.dto.ts';
import { Page } from '../pages/page.ts';
import { DeviceParams, DevicesView, DeviceView, NewDeviceBody } from './pushes.dto.ts';
import { PUSHES_POLICY, pushesPage } from './pushes.page.ts';
import { PushesService } from './pushes.service.ts';

@Public()
@Controller('sandbox/pushes')
export class PushesController {
  constructor(private readonly pushes: PushesService) {}

  /** Shows every fake device with what came to it. */
  @Get()
  @Page(PUSHES_POLICY)
  page(): string {
    return pushesPage(this.pushes.list().map((device) => ({ device, shown: this.pushes.shownOn(device) })));
  }

  @ApiOperation({ summary: 'Lists the fake devices and what came to each, the newest first.' })
  @Get('devices.json')
  @Header('cache-control', 'no-store')
  @ApiOkResponse({ type: DevicesView })
  list(): DevicesView {
    return { items: this.pushes.list().map((device) => DeviceView.of(device, this.pushes.shownOn(device))) };
  }

  @ApiOperation({ summary: 'Makes a fake browser or telephone; its registration is what notification is to be told.' })
  @Post('devices')
  @ApiCreatedResponse({ type: DeviceView })
  add(@Body() { platform, application_server_key: key }: NewDeviceBody): DeviceView {
    return DeviceView.of(this.pushes.add(platform, key ?? null), []);
  }

  @ApiOperation({ summary: 'Takes the app off a fake telephone, or ends the subscription of a fake browser.' })
  @Delete('devices/:id')
  @HttpCode(204)
  @ApiNoContentResponse()
  remove(@Param() { id }: DeviceParams): void {
    this.pushes.remove(id);
  }

  @ApiOperation({ summary: 'Lets the double of FCM fail as told from now on; with {} all goes well again.' })
  @Put('fcm/faults')
  @HttpCode(204)
  @ApiNoContentResponse()
  setFcmFaults(@Body() faults: RequestFaultsBody): void {
    this.pushes.doubles.fcm.setFaults(faults);
  }

  @ApiOperation({ summary: 'Lets the double of web push fail as told from now on; with {} all goes well again.' })
  @Put('web/faults')
  @HttpCode(204)
  @ApiNoContentResponse()
  setWebFaults(@Body() faults: RequestFaultsBody): void {
    this.pushes.doubles.web.setFaults(faults);
  }
}
