import { applyDecorators, Controller, Get, Header, HttpCode, HttpStatus, Param, Post, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import { Public } from '@scheduling/service-kit';
import { PAGE_POLICY, unsubscribePage } from './unsubscribe.page.ts';
import { UnsubscribeService } from './unsubscribe.service.ts';

const Page = () =>
  applyDecorators(
    Header('content-type', 'text/html; charset=utf-8'),
    Header('content-security-policy', PAGE_POLICY),
    Header('referrer-policy', 'no-referrer'),
    Header('x-content-type-options', 'nosniff'),
    Header('cache-control', 'no-store'),
    ApiProduces('text/html'),
    ApiOkResponse({ schema: { type: 'string' } }),
  );

/** Where the link in a mail leads: whoever holds the mail may end mail of its kind, signed in or not. */
@ApiTags('notifications')
@Public()
@Controller('api/v1/scheduling/notifications/unsubscribe/:token')
export class UnsubscribeController {
  constructor(private readonly subscriptions: UnsubscribeService) {}

  @ApiOperation({ summary: 'Shows a page that asks whether mail of one kind shall end; nothing changes by it.' })
  @Get()
  @Page()
  async show(@Param('token') token: string): Promise<string> {
    return unsubscribePage(await this.subscriptions.look(token), false);
  }

  @ApiOperation({
    summary:
      'Ends mail of one kind, by one click in a mail program (RFC 8058) or on the page; with `undo` it comes again.',
  })
  @Post()
  @HttpCode(HttpStatus.OK)
  @Page()
  async turn(@Param('token') token: string, @Query('undo') undo?: string): Promise<string> {
    return unsubscribePage(await this.subscriptions.turn(token, undo === 'true'), true);
  }
}
