import { Body, Controller, HttpCode, HttpStatus, Post } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { type Caller, CurrentCaller, Owned, Roles } from '@scheduling/service-kit';
import { PreviewRule, PreviewView } from './preview.dto.ts';
import { PreviewService } from './preview.service.ts';

@ApiTags('availability')
@ApiBearerAuth()
@Roles('tutor', 'admin')
@Owned('house')
@Controller('api/v1/scheduling/availability/preview')
export class PreviewController {
  constructor(private readonly previews: PreviewService) {}

  @ApiOperation({ summary: 'Works out when a rule would start and which slots it would give, and keeps nothing.' })
  @Post()
  @HttpCode(HttpStatus.OK)
  @ApiOkResponse({ type: PreviewView })
  async preview(@CurrentCaller() caller: Caller, @Body() asked: PreviewRule): Promise<PreviewView> {
    const asker = { id: caller.personId, tokenZone: caller.timezone };
    return PreviewView.of(await this.previews.preview(asker, PreviewRule.question(asked)));
  }
}
