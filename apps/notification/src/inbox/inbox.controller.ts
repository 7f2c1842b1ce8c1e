import { Body, Controller, Get, Header, HttpCode, HttpStatus, Post, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { type Caller, CurrentCaller, Owned, UuidParam } from '@scheduling/service-kit';
import { ListNotifications, NotificationList, NotificationView, ReadAll, UnreadCount } from './inbox.dto.ts';
import { InboxService } from './inbox.service.ts';

@ApiTags('notifications')
@ApiBearerAuth()
@Owned('caller')
@Controller('api/v1/scheduling/notifications')
export class InboxController {
  constructor(private readonly inbox: InboxService) {}

  @ApiOperation({ summary: "Lists the caller's notifications, the newest first." })
  @Get()
  @Header('cache-control', 'private, no-cache')
  @ApiOkResponse({ type: NotificationList })
  async list(
    @CurrentCaller() { personId }: Caller,
    @Query() { unread, limit, cursor }: ListNotifications,
  ): Promise<NotificationList> {
    const found = await this.inbox.list(personId, {
      isUnread: unread === 'true',
      after: cursor ?? null,
      limit: limit + 1,
    });
    return NotificationList.of(found, limit);
  }

  @ApiOperation({ summary: "Counts the caller's notifications that are not read yet." })
  @Get('unread-count')
  @Header('cache-control', 'private, no-cache')
  @ApiOkResponse({ type: UnreadCount })
  async count(@CurrentCaller() { personId }: Caller): Promise<UnreadCount> {
    return { unread_count: await this.inbox.count(personId) };
  }

  @ApiOperation({
    summary: 'Notes that the caller has read all notifications that have come by now, or by an instant.',
  })
  @Post('read-all')
  @HttpCode(HttpStatus.OK)
  @ApiOkResponse({ type: UnreadCount })
  async readAll(@CurrentCaller() { personId }: Caller, @Body() { until }: ReadAll): Promise<UnreadCount> {
    return { unread_count: await this.inbox.readAll(personId, until === undefined ? null : new Date(until)) };
  }

  @ApiOperation({ summary: 'Notes that the caller has read a notification; a repeat changes nothing.' })
  @Post(':notification_id/read')
  @Owned('caller', { foreign: 404 })
  @HttpCode(HttpStatus.OK)
  @ApiOkResponse({ type: NotificationView })
  async read(
    @CurrentCaller() { personId }: Caller,
    @UuidParam('notification_id') id: string,
  ): Promise<NotificationView> {
    return NotificationView.of(await this.inbox.read(personId, id));
  }
}
