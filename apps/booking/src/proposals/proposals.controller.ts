import { Body, Controller, Get, HttpCode, HttpStatus, Post, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { BookingId, ProposalId } from '@scheduling/domain';
import type { Repeatable } from '@scheduling/persistence';
import { type Caller, CurrentCaller, IdempotencyKey, Owned, UuidParam } from '@scheduling/service-kit';
import { AnswerProposal, ListProposals, ProposalList, ProposalView } from './proposals.dto.ts';
import { ProposalsService } from './proposals.service.ts';

@ApiTags('booking')
@ApiBearerAuth()
@Owned('party', { foreign: 404 })
@Controller('api/v1/scheduling/bookings/:booking_id/proposals')
export class ProposalsController {
  constructor(private readonly proposals: ProposalsService) {}

  @ApiOperation({
    summary: "Lists what was proposed about a booking of the caller's by a change in a calendar, the newest first.",
  })
  @Get()
  @ApiOkResponse({ type: ProposalList })
  async list(
    @CurrentCaller() caller: Caller,
    @UuidParam('booking_id') id: BookingId,
    @Query() { limit, cursor }: ListProposals,
  ): Promise<ProposalList> {
    const page = { after: cursor ?? null, limit: limit + 1 };
    return ProposalList.of(await this.proposals.list(caller.personId, id, page), limit);
  }

  @ApiOperation({
    summary:
      'Answers a proposal of the other one: accepted, the lesson is moved or canceled as if they had done it themselves. A repeat changes nothing.',
  })
  @Post(':proposal_id')
  @HttpCode(HttpStatus.OK)
  @ApiOkResponse({ type: ProposalView })
  async answer(
    @CurrentCaller() caller: Caller,
    @IdempotencyKey() request: Repeatable,
    @UuidParam('booking_id') bookingId: BookingId,
    @UuidParam('proposal_id') proposalId: ProposalId,
    @Body() { accept }: AnswerProposal,
  ): Promise<ProposalView> {
    return ProposalView.of(
      await this.proposals.answer({ by: caller.personId, bookingId, proposalId, accept }, request),
    );
  }
}
