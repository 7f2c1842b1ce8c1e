import { Body, Controller, Get, Post } from '@nestjs/common';
import { ApiBearerAuth, ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Repeatable } from '@scheduling/persistence';
import { type Caller, CurrentCaller, IdempotencyKey, Owned, Roles } from '@scheduling/service-kit';
import { IntentsService } from './intents.service.ts';
import { AskForIntent, IntentView, MethodList, SetupView } from './payments.dto.ts';
import { SavedMethods } from './saved-methods.service.ts';

@ApiTags('payments')
@ApiBearerAuth()
@Owned('caller')
@Controller('api/v1/scheduling/payments')
export class PaymentsController {
  constructor(
    private readonly intents: IntentsService,
    private readonly methods: SavedMethods,
  ) {}

  @ApiOperation({
    summary:
      "Makes the payment intent of the caller's hold, to be paid in Stripe's form; a repeat answers the same one.",
  })
  @Post('intents')
  @Roles('student')
  @Owned('caller', { foreign: 409, unknown: 409 })
  @ApiCreatedResponse({ type: IntentView })
  async ask(
    @CurrentCaller() caller: Caller,
    @IdempotencyKey() request: Repeatable,
    @Body() { slot_id }: AskForIntent,
  ): Promise<IntentView> {
    return IntentView.of(await this.intents.ask(caller.personId, slot_id, request));
  }

  @ApiOperation({ summary: "Begins to save a card of the caller's in Stripe's form, to pay lessons of a series with." })
  @Post('methods')
  @Roles('student')
  @ApiCreatedResponse({ type: SetupView })
  async save(@CurrentCaller() caller: Caller, @IdempotencyKey() { key }: Repeatable): Promise<SetupView> {
    return SetupView.of(await this.methods.begin(caller.personId, key));
  }

  @ApiOperation({ summary: "Lists the caller's saved cards, the newest first." })
  @Get('methods')
  @Roles('student')
  @ApiOkResponse({ type: MethodList })
  async list(@CurrentCaller() caller: Caller): Promise<MethodList> {
    return MethodList.of(await this.methods.list(caller.personId));
  }
}
