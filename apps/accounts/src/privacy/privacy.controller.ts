import { Controller, Delete, Get, Header, HttpCode, HttpStatus, Post } from '@nestjs/common';
import { ApiAcceptedResponse, ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Repeatable } from '@scheduling/persistence';
import { type Caller, CurrentCaller, IdempotencyKey, Owned, UuidParam } from '@scheduling/service-kit';
import { ErasureService } from './erasure.service.ts';
import { ExportsService } from './exports.service.ts';
import { ExportView } from './privacy.dto.ts';

@ApiTags('accounts')
@ApiBearerAuth()
@Owned('caller')
@Controller('api/v1/accounts/me')
export class PrivacyController {
  constructor(
    private readonly exports: ExportsService,
    private readonly erasure: ErasureService,
  ) {}

  @ApiOperation({
    summary: 'Asks for a copy of all that is kept of the caller; a request that is being collected is answered again.',
  })
  @Post('exports')
  @HttpCode(HttpStatus.ACCEPTED)
  @ApiAcceptedResponse({ type: ExportView })
  async request(@IdempotencyKey() request: Repeatable): Promise<ExportView> {
    return ExportView.of(await this.exports.request(request));
  }

  @ApiOperation({ summary: "Tells how far a copy of the caller's is." })
  @Get('exports/:export_id')
  @Owned('caller', { foreign: 404 })
  @ApiOkResponse({ type: ExportView })
  async show(@CurrentCaller() { personId }: Caller, @UuidParam('export_id') id: string): Promise<ExportView> {
    return ExportView.of(await this.exports.find(personId, id));
  }

  @ApiOperation({ summary: "Gives a copy of the caller's, as a file of JSON." })
  @Get('exports/:export_id/content')
  @Owned('caller', { foreign: 404 })
  @Header('content-disposition', 'attachment; filename="my-data.json"')
  @Header('cache-control', 'no-store')
  @ApiOkResponse({
    schema: { type: 'object', additionalProperties: true },
    description: 'What each service keeps, by its name.',
  })
  async content(@CurrentCaller() { personId }: Caller, @UuidParam('export_id') id: string): Promise<object> {
    return this.exports.content(personId, id);
  }

  @ApiOperation({
    summary: 'Erases the caller: lessons to come are canceled, and what is personal is gone everywhere within minutes.',
  })
  @Delete()
  @HttpCode(HttpStatus.ACCEPTED)
  @ApiAcceptedResponse({ description: 'It has begun, and cannot be taken back.' })
  async erase(@CurrentCaller() { personId }: Caller): Promise<void> {
    await this.erasure.erase(personId);
  }
}
