import { Body, Controller, Get, Header, HttpCode, Param, Post, Put } from '@nestjs/common';
import { ApiNoContentResponse, ApiOkResponse, ApiOperation } from '@nestjs/swagger';
import { Public } from '@scheduling/service-kit';
import { Page } from '../pages/page.ts';
import { FaultsBody, IntentParams, IntentsView, IntentView, PayBody } from './stripe.dto.ts';
import { intentsPage, INTENTS_POLICY } from './intents.page.ts';
import { MOST_KEPT } from './kept.ts';
import { StripeService } from './stripe.service.ts';

const ROWS = 100;

@Public()
@Controller('sandbox/stripe')
export class StripeController {
  constructor(private readonly stripe: StripeService) {}

  /** Shows the newest intents, each with a button for each card. */
  @Get()
  @Page(INTENTS_POLICY)
  page(): string {
    return intentsPage(this.stripe.list(ROWS));
  }

  @ApiOperation({ summary: 'Lists the intents that the double of Stripe keeps, the newest first.' })
  @Get('intents.json')
  @Header('cache-control', 'no-store')
  @ApiOkResponse({ type: IntentsView })
  list(): IntentsView {
    return { items: this.stripe.list(MOST_KEPT).map((intent) => IntentView.of(intent)) };
  }

  @ApiOperation({ summary: 'Pays an intent with a card, or saves the card, as a person does in Stripe’s form.' })
  @Post('intents/:id/pay')
  @HttpCode(200)
  @ApiOkResponse({ type: IntentView })
  pay(@Param() { id }: IntentParams, @Body() { card }: PayBody): IntentView {
    return IntentView.of(this.stripe.pay(id, card));
  }

  @ApiOperation({ summary: 'Lets the double of Stripe fail as told from now on; with {} all goes well again.' })
  @Put('faults')
  @HttpCode(204)
  @ApiNoContentResponse()
  setFaults(@Body() faults: FaultsBody): void {
    this.stripe.setFaults(faults);
  }
}
