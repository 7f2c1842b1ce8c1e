import { Body, Controller, Delete, Get, HttpCode, HttpStatus, Patch, Post, Query } from '@nestjs/common';
import {
  ApiBearerAuth,
  ApiCreatedResponse,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
} from '@nestjs/swagger';
import type { AvailabilityId, ExpectedVersions } from '@scheduling/domain';
import type { Repeatable } from '@scheduling/persistence';
import {
  type Caller,
  CurrentCaller,
  IdempotencyKey,
  IfMatch,
  Owned,
  Roles,
  UuidParam,
  Versioned,
} from '@scheduling/service-kit';
import { BlockList, BlockView, CreateAvailability, KeptBlockView } from './blocks.dto.ts';
import { BlocksService } from './blocks.service.ts';
import { ChangeAvailability, ScopeQuery } from './change-block.dto.ts';
import { ChangeBlockService } from './change-block.service.ts';

@ApiTags('availability')
@ApiBearerAuth()
@Roles('tutor')
@Owned('caller')
@Controller('api/v1/scheduling/availability')
export class BlocksController {
  constructor(
    private readonly blocks: BlocksService,
    private readonly changes: ChangeBlockService,
  ) {}

  @ApiOperation({
    summary: 'Keeps time in which the caller would teach, once or by a rule, and opens the slots that follow.',
  })
  @Post()
  @Versioned()
  @ApiCreatedResponse({ type: KeptBlockView })
  async create(
    @CurrentCaller() caller: Caller,
    @IdempotencyKey() request: Repeatable,
    @Body() asked: CreateAvailability,
  ): Promise<KeptBlockView> {
    const tutor = { id: caller.personId, tokenZone: caller.timezone };
    return KeptBlockView.ofKept(await this.blocks.create(tutor, CreateAvailability.wish(asked), request));
  }

  @ApiOperation({ summary: "Lists the caller's availability that is not over." })
  @Get()
  @ApiOkResponse({ type: BlockList })
  async list(@CurrentCaller() caller: Caller): Promise<BlockList> {
    return BlockList.of(await this.blocks.list(caller.personId));
  }

  @ApiOperation({ summary: 'Shows one availability of the caller’s.' })
  @Get(':availability_id')
  @Versioned()
  @Owned('caller', { foreign: 404 })
  @ApiOkResponse({ type: BlockView })
  async show(@CurrentCaller() caller: Caller, @UuidParam('availability_id') id: AvailabilityId): Promise<BlockView> {
    return BlockView.of(await this.blocks.find(caller.personId, id));
  }

  @ApiOperation({
    summary:
      'Changes availability of the caller’s: all of it, what follows one of its starts, or that start alone. Shows what holds what was asked for.',
  })
  @Patch(':availability_id')
  @Versioned()
  @Owned('caller', { foreign: 404 })
  @ApiOkResponse({ type: KeptBlockView })
  async change(
    @CurrentCaller() caller: Caller,
    @UuidParam('availability_id') id: AvailabilityId,
    @IfMatch() expected: ExpectedVersions,
    @Body() asked: ChangeAvailability,
  ): Promise<KeptBlockView> {
    return KeptBlockView.ofKept(
      await this.changes.change({ tutorId: caller.personId, id, expected }, ChangeAvailability.wish(asked)),
    );
  }

  @ApiOperation({
    summary:
      'Takes availability of the caller’s away: all of it, what follows one of its starts, or that start alone. Its open slots close, booked lessons stay.',
  })
  @Delete(':availability_id')
  @Owned('caller', { foreign: 404 })
  @HttpCode(HttpStatus.NO_CONTENT)
  @ApiNoContentResponse()
  async delete(
    @CurrentCaller() caller: Caller,
    @UuidParam('availability_id') id: AvailabilityId,
    @IfMatch() expected: ExpectedVersions,
    @Query() asked: ScopeQuery,
  ): Promise<void> {
    await this.changes.delete({ tutorId: caller.personId, id, expected }, ScopeQuery.scope(asked));
  }
}
