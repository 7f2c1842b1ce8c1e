import { Body, Controller, Get, Post, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Repeatable } from '@scheduling/persistence';
import { type Caller, CurrentCaller, IdempotencyKey, Roles } from '@scheduling/service-kit';
import { CreditsView, GrantCredits, ShowCredits } from './credits.dto.ts';
import { CreditsService } from './credits.service.ts';

@ApiTags('credits')
@ApiBearerAuth()
@Controller('api/v1/scheduling/credits')
export class CreditsController {
  constructor(private readonly credits: CreditsService) {}

  @ApiOperation({ summary: "Shows the caller's credits." })
  @Get()
  @ApiOkResponse({ type: CreditsView })
  async show(@CurrentCaller() caller: Caller, @Query() { currency }: ShowCredits): Promise<CreditsView> {
    return CreditsView.of(await this.credits.balance(caller.personId, currency));
  }

  @ApiOperation({
    summary:
      'Gives credits to a person and answers the balance that follows; send an Idempotency-Key to be safe against repeats.',
  })
  @Post('grants')
  @Roles('admin')
  @ApiCreatedResponse({ type: CreditsView })
  async grant(
    @CurrentCaller() caller: Caller,
    @IdempotencyKey() request: Repeatable,
    @Body() { user_id, amount_cents, currency, reason }: GrantCredits,
  ): Promise<CreditsView> {
    const amount = { cents: amount_cents, currency };
    return CreditsView.of(await this.credits.grant({ to: user_id, amount, reason, by: caller.personId }, request));
  }
}
