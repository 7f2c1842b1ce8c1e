import { Controller, Headers, HttpCode, HttpStatus, Post } from '@nestjs/common';
import { ApiHeader, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Public } from '@scheduling/service-kit';
import { PushesService } from './pushes.service.ts';

@ApiTags('calendar')
@Public()
@Controller('api/v1/scheduling/webhooks/google-calendar')
export class PushesController {
  constructor(private readonly pushes: PushesService) {}

  @ApiOperation({ summary: 'Hears from Google that a calendar has changed; it is read after the answer.' })
  @ApiHeader({ name: 'x-goog-channel-id', description: 'The channel that we opened.' })
  @ApiHeader({ name: 'x-goog-channel-token' })
  @ApiHeader({ name: 'x-goog-resource-id', description: "Google's id of the calendar's events." })
  @ApiHeader({
    name: 'x-goog-resource-state',
    description: '`sync` for the first message, else what became of events.',
  })
  @ApiHeader({ name: 'x-goog-message-number', description: 'Grows with each message of a channel.' })
  @Post()
  @HttpCode(HttpStatus.OK)
  @ApiOkResponse()
  async receive(@Headers() headers: Record<string, string | undefined>): Promise<void> {
    await this.pushes.receive({
      channelId: headers['x-goog-channel-id'] ?? '',
      token: headers['x-goog-channel-token'] ?? '',
      resourceId: headers['x-goog-resource-id'] ?? '',
      state: headers['x-goog-resource-state'] ?? '',
      messageNumber: headers['x-goog-message-number'] ?? '',
    });
  }
}
