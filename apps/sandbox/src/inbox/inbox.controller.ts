import { Controller, Get, Header, Param, Query } from '@nestjs/common';
import { ApiOkResponse } from '@nestjs/swagger';
import { Public } from '@scheduling/service-kit';
import { Page } from '../pages/page.ts';
import { InboxQuery, InboxView, MailParams, MailView } from './inbox.dto.ts';
import { INBOX_POLICY, inboxPage } from './inbox.page.ts';
import { InboxService } from './inbox.service.ts';
import { MOST_MAILS } from './most-mails.ts';
import { MAIL_POLICY, mailPage } from './mail.page.ts';

const ROWS = 200;

@Public()
@Controller('sandbox')
export class InboxController {
  constructor(private readonly inbox: InboxService) {}

  /** Shows the newest mails, newest first. */
  @Get(['', 'inbox'])
  @Page(INBOX_POLICY)
  page(@Query() { to, limit = ROWS }: InboxQuery): string {
    return inboxPage(this.inbox.list(Math.min(limit, ROWS), to).toReversed(), to);
  }

  /** Lists the mails, oldest first. */
  @Get('inbox.json')
  @Header('cache-control', 'no-store')
  @ApiOkResponse({ type: InboxView })
  list(@Query() { to, limit = MOST_MAILS }: InboxQuery): InboxView {
    return { items: this.inbox.list(limit, to).map((mail) => MailView.of(mail)) };
  }

  /** Shows one mail: its headers, its HTML, its text, and its calendar part. */
  @Get('inbox/:n')
  @Page(MAIL_POLICY)
  async mail(@Param() { n }: MailParams): Promise<string> {
    return mailPage(this.inbox.find(n));
  }
}
