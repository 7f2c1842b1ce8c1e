import { Body, Controller, Get, Post, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Repeatable } from '@scheduling/persistence';
import { type Caller, CurrentCaller, IdempotencyKey, Owned, Roles } from '@scheduling/service-kit';
import { CorrectCredits, CreditsView, GrantCredits, ListEntries, ShowCredits, Statement } from './credits.dto.ts';
import { CreditsService } from './credits.service.ts';

@ApiTags('credits')
@ApiBearerAuth()
@Owned('caller')
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
  @Owned('house')
  @ApiCreatedResponse({ type: CreditsView })
  async grant(
    @CurrentCaller() caller: Caller,
    @IdempotencyKey() request: Repeatable,
    @Body() { user_id, amount_cents, currency, reason }: GrantCredits,
  ): Promise<CreditsView> {
    const amount = { cents: amount_cents, currency };
    return CreditsView.of(await this.credits.grant({ to: user_id, amount, reason, by: caller.personId }, request));
  }

  @ApiOperation({
    summary:
      "Puts a person's credits right, by more or by less, and answers the balance that follows; send an Idempotency-Key to be safe against repeats.",
  })
  @Post('corrections')
  @Roles('admin')
  @Owned('house')
  @ApiCreatedResponse({ type: CreditsView })
  async correct(
    @CurrentCaller() caller: Caller,
    @IdempotencyKey() request: Repeatable,
    @Body() correction: CorrectCredits,
  ): Promise<CreditsView> {
    const { user_id: of, reason } = correction;
    const change = CorrectCredits.change(correction);
    return CreditsView.of(await this.credits.correct({ of, change, reason, by: caller.personId }, request));
  }

  @ApiOperation({ summary: "Lists what changed the caller's credits, the newest first." })
  @Get('statement')
  @ApiOkResponse({ type: Statement })
  async statement(@CurrentCaller() caller: Caller, @Query() { limit, cursor }: ListEntries): Promise<Statement> {
    const page = { before: cursor ?? null, limit: limit + 1 };
    return Statement.of(await this.credits.statement(caller.personId, page), limit);
  }
}
