import { Body, Controller, Delete, Get, Header, HttpCode, HttpStatus, Post, Res } from '@nestjs/common';
import {
  ApiBearerAuth,
  ApiCreatedResponse,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
} from '@nestjs/swagger';
import { type Caller, CurrentCaller, Owned, UuidParam } from '@scheduling/service-kit';
import type { FastifyReply } from 'fastify';
import { DeviceList, DeviceView, PushKey, RegisterDevice } from './devices.dto.ts';
import { DevicesService } from './devices.service.ts';

@ApiTags('notifications')
@ApiBearerAuth()
@Owned('caller')
@Controller('api/v1/scheduling/notifications')
export class DevicesController {
  constructor(private readonly devices: DevicesService) {}

  @ApiOperation({
    summary: 'Has a browser or a telephone show push messages to the caller; one that is known is kept (200).',
  })
  @Post('devices')
  @ApiCreatedResponse({ type: DeviceView })
  @ApiOkResponse({ type: DeviceView })
  async register(
    @CurrentCaller() { personId }: Caller,
    @Body() body: RegisterDevice,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<DeviceView> {
    const { device, isNew } = await this.devices.register(personId, RegisterDevice.deviceOf(body));
    reply.status(isNew ? HttpStatus.CREATED : HttpStatus.OK);
    return DeviceView.of(device);
  }

  @ApiOperation({ summary: 'Lists the devices that show push messages to the caller.' })
  @Get('devices')
  @Header('cache-control', 'private, no-cache')
  @ApiOkResponse({ type: DeviceList })
  async list(@CurrentCaller() { personId }: Caller): Promise<DeviceList> {
    return DeviceList.of(await this.devices.list(personId));
  }

  @ApiOperation({ summary: 'Shows the caller nothing more on a device.' })
  @Delete('devices/:device_id')
  @Owned('caller', { foreign: 404 })
  @HttpCode(HttpStatus.NO_CONTENT)
  @ApiNoContentResponse()
  async remove(@CurrentCaller() { personId }: Caller, @UuidParam('device_id') id: string): Promise<void> {
    await this.devices.remove(personId, id);
  }

  @ApiOperation({ summary: 'Tells the key that a browser subscribes to push messages with.' })
  @Get('push/key')
  @Owned('house')
  @ApiOkResponse({ type: PushKey })
  key(): PushKey {
    return { public_key: this.devices.publicKey };
  }
}
