import { Controller, Get } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { PolicyList } from './policies.dto.ts';
import { PoliciesService } from './policies.service.ts';

@ApiTags('booking')
@ApiBearerAuth()
@Controller('api/v1/scheduling/booking/policies')
export class PoliciesController {
  constructor(private readonly policies: PoliciesService) {}

  @ApiOperation({ summary: 'Lists the cancellation policies that a tutor can choose, the most generous first.' })
  @Get()
  @ApiOkResponse({ type: PolicyList })
  async list(): Promise<PolicyList> {
    return PolicyList.of(await this.policies.list());
  }
}
