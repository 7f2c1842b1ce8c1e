import { Body, Controller, Post } from '@nestjs/common';
import { ApiCreatedResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Public } from '@scheduling/service-kit';
import { DevTokensService } from './dev-tokens.service.ts';
import { AskToken, TokenView } from './tokens.dto.ts';

@Public()
@ApiTags('accounts')
@Controller('api/v1/accounts/dev/token')
export class DevTokensController {
  constructor(private readonly tokens: DevTokensService) {}

  @ApiOperation({ summary: 'Makes the person if new, and gives a token that names them; embedded mode only.' })
  @Post()
  @ApiCreatedResponse({ type: TokenView })
  async issue(@Body() { email, ...given }: AskToken): Promise<TokenView> {
    return TokenView.of(await this.tokens.issue(email, given));
  }
}
