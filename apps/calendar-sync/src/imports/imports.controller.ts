import { Body, Controller, Delete, Get, HttpCode, HttpStatus, Post } from '@nestjs/common';
import {
  ApiBearerAuth,
  ApiCreatedResponse,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
} from '@nestjs/swagger';
import type { Repeatable } from '@scheduling/persistence';
import { type Caller, CurrentCaller, IdempotencyKey, Owned, UuidParam } from '@scheduling/service-kit';
import { AddImport, ImportList, ImportView } from './imports.dto.ts';
import { ImportsService } from './imports.service.ts';

@ApiTags('calendar')
@ApiBearerAuth()
@Owned('caller')
@Controller('api/v1/scheduling/calendar/imports')
export class ImportsController {
  constructor(private readonly imports: ImportsService) {}

  @ApiOperation({ summary: 'Lists the calendar files whose times are taken from what the caller offers.' })
  @Get()
  @ApiOkResponse({ type: ImportList })
  async list(@CurrentCaller() { personId }: Caller): Promise<ImportList> {
    return ImportList.of(await this.imports.list(personId));
  }

  @ApiOperation({
    summary: 'Has a calendar file (Apple, Outlook, any) read each half hour; its busy times close slots.',
  })
  @Post()
  @ApiCreatedResponse({ type: ImportView })
  async add(
    @CurrentCaller() { personId }: Caller,
    @IdempotencyKey() request: Repeatable,
    @Body() { url: address, name }: AddImport,
  ): Promise<ImportView> {
    return ImportView.of(await this.imports.add(personId, { address, ...(name !== undefined && { name }) }, request));
  }

  @ApiOperation({ summary: 'Stops reading a calendar file; its times are free again.' })
  @Delete(':import_id')
  @Owned('caller', { foreign: 404 })
  @HttpCode(HttpStatus.NO_CONTENT)
  @ApiNoContentResponse()
  async remove(@CurrentCaller() { personId }: Caller, @UuidParam('import_id') id: string): Promise<void> {
    await this.imports.remove(personId, id);
  }
}
