import { Body, Controller, Get, Put } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { ExpectedVersions } from '@scheduling/domain';
import { type Caller, CurrentCaller, IfMatch, Owned, Roles, Versioned } from '@scheduling/service-kit';
import { ChangeSettings, SettingsView } from './settings.dto.ts';
import { SettingsService } from './settings.service.ts';

@ApiTags('availability')
@ApiBearerAuth()
@Roles('tutor')
@Owned('caller')
@Controller('api/v1/scheduling/availability/settings')
export class SettingsController {
  constructor(private readonly settings: SettingsService) {}

  @ApiOperation({ summary: 'Shows how the caller teaches.' })
  @Get()
  @Versioned()
  @ApiOkResponse({ type: SettingsView })
  async show(@CurrentCaller() { personId: id, timezone: tokenZone }: Caller): Promise<SettingsView> {
    const { settings, zone } = await this.settings.find({ id, tokenZone });
    return SettingsView.of(settings, zone);
  }

  @ApiOperation({ summary: 'Changes how the caller teaches; slots that are taken keep their hour and price.' })
  @Put()
  @Versioned()
  @ApiOkResponse({ type: SettingsView })
  async change(
    @CurrentCaller() { personId: id, timezone: tokenZone }: Caller,
    @IfMatch() expected: ExpectedVersions,
    @Body() asked: ChangeSettings,
  ): Promise<SettingsView> {
    const { settings, zone } = await this.settings.change({ id, tokenZone }, ChangeSettings.changes(asked), expected);
    return SettingsView.of(settings, zone);
  }
}
