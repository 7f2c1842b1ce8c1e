import { Body, Controller, Get, Header, HttpCode, Post, Put, Query } from '@nestjs/common';
import { ApiNoContentResponse, ApiOkResponse, ApiOperation } from '@nestjs/swagger';
import { Public } from '@scheduling/service-kit';
import { Page } from '../pages/page.ts';
import { PHONES_POLICY, phonesPage } from './phones.page.ts';
import { ReplyBody, ReplyView, TextsQuery, TextsView, TwilioFaultsBody } from './twilio.dto.ts';
import { TwilioService } from './twilio.service.ts';

@Public()
@Controller('sandbox')
export class TwilioController {
  constructor(private readonly twilio: TwilioService) {}

  /** Shows what each phone got and wrote. */
  @Get('phones')
  @Page(PHONES_POLICY)
  page(): string {
    return phonesPage(this.twilio.phones());
  }

  @ApiOperation({ summary: 'Lists the texts to phones and from them, the oldest first.' })
  @Get('phones.json')
  @Header('cache-control', 'no-store')
  @ApiOkResponse({ type: TextsView })
  list(@Query() { phone }: TextsQuery): TextsView {
    return TextsView.of(this.twilio.list(phone));
  }

  @ApiOperation({
    summary: 'Has a phone write a text, such as STOP, of which the double of Twilio tells whoever listens.',
  })
  @Post('phones/replies')
  @HttpCode(200)
  @ApiOkResponse({ type: ReplyView })
  async reply(@Body() body: ReplyBody): Promise<ReplyView> {
    return { webhook_status: await this.twilio.reply(body) };
  }

  @ApiOperation({ summary: 'Lets the double of Twilio fail as told from now on; with {} all goes well again.' })
  @Put('twilio/faults')
  @HttpCode(204)
  @ApiNoContentResponse()
  setFaults(@Body() faults: TwilioFaultsBody): void {
    this.twilio.setFaults(faults);
  }
}
