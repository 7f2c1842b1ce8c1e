import { Body, Controller, Delete, Get, HttpCode, HttpStatus, Post } from '@nestjs/common';
import {
  ApiBearerAuth,
  ApiCreatedResponse,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
} from '@nestjs/swagger';
import type { TimeOffId } from '@scheduling/domain';
import type { Repeatable } from '@scheduling/persistence';
import { type Caller, CurrentCaller, IdempotencyKey, Owned, Roles, UuidParam } from '@scheduling/service-kit';
import { CreatedTimeOffView, CreateTimeOff, TimeOffList } from './time-off.dto.ts';
import { TimeOffService } from './time-off.service.ts';

@ApiTags('availability')
@ApiBearerAuth()
@Roles('tutor')
@Owned('caller')
@Controller('api/v1/scheduling/availability/time-off')
export class TimeOffController {
  constructor(private readonly timeOff: TimeOffService) {}

  @ApiOperation({
    summary:
      'Keeps time in which the caller does not teach, once or by a rule; open slots in it close, booked lessons stay and are named.',
  })
  @Post()
  @ApiCreatedResponse({ type: CreatedTimeOffView })
  async create(
    @CurrentCaller() caller: Caller,
    @IdempotencyKey() request: Repeatable,
    @Body() asked: CreateTimeOff,
  ): Promise<CreatedTimeOffView> {
    const tutor = { id: caller.personId, tokenZone: caller.timezone };
    return CreatedTimeOffView.ofCreated(await this.timeOff.create(tutor, CreateTimeOff.wish(asked), request));
  }

  @ApiOperation({ summary: "Lists the caller's time off that is not over." })
  @Get()
  @ApiOkResponse({ type: TimeOffList })
  async list(@CurrentCaller() caller: Caller): Promise<TimeOffList> {
    return TimeOffList.of(await this.timeOff.list(caller.personId));
  }

  @ApiOperation({ summary: "Takes time off of the caller's away; what the rules offer in it is open again." })
  @Delete(':time_off_id')
  @Owned('caller', { foreign: 404 })
  @HttpCode(HttpStatus.NO_CONTENT)
  @ApiNoContentResponse()
  async delete(@CurrentCaller() caller: Caller, @UuidParam('time_off_id') id: TimeOffId): Promise<void> {
    await this.timeOff.delete(caller.personId, id);
  }
}
