import { Body, Controller, Delete, Get, HttpCode, HttpStatus, Post } from '@nestjs/common';
import {
  ApiBearerAuth,
  ApiCreatedResponse,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
} from '@nestjs/swagger';
import type { AvailabilityId } from '@scheduling/domain';
import type { Repeatable } from '@scheduling/persistence';
import { type Caller, CurrentCaller, IdempotencyKey, Roles, UuidParam } from '@scheduling/service-kit';
import { BlockList, CreateAvailability, CreatedBlockView } from './blocks.dto.ts';
import { BlocksService } from './blocks.service.ts';

@ApiTags('availability')
@ApiBearerAuth()
@Roles('tutor')
@Controller('api/v1/scheduling/availability')
export class BlocksController {
  constructor(private readonly blocks: BlocksService) {}

  @ApiOperation({
    summary: 'Keeps time in which the caller would teach, once or by a rule, and opens the slots that follow.',
  })
  @Post()
  @ApiCreatedResponse({ type: CreatedBlockView })
  async create(
    @CurrentCaller() caller: Caller,
    @IdempotencyKey() request: Repeatable,
    @Body() asked: CreateAvailability,
  ): Promise<CreatedBlockView> {
    const tutor = { id: caller.personId, tokenZone: caller.timezone };
    return CreatedBlockView.ofCreated(await this.blocks.create(tutor, CreateAvailability.wish(asked), request));
  }

  @ApiOperation({ summary: "Lists the caller's availability." })
  @Get()
  @ApiOkResponse({ type: BlockList })
  async list(@CurrentCaller() caller: Caller): Promise<BlockList> {
    return BlockList.of(await this.blocks.list(caller.personId));
  }

  @ApiOperation({ summary: "Takes availability of the caller's away; its open slots close, booked lessons stay." })
  @Delete(':availability_id')
  @HttpCode(HttpStatus.NO_CONTENT)
  @ApiNoContentResponse()
  async delete(@CurrentCaller() caller: Caller, @UuidParam('availability_id') id: AvailabilityId): Promise<void> {
    await this.blocks.delete(caller.personId, id);
  }
}
