import { Body, Controller, Get, Put } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { type Caller, CurrentCaller, Roles } from '@scheduling/service-kit';
import { ChangeSettings, SettingsView } from './settings.dto.ts';
import { SettingsService } from './settings.service.ts';

@ApiTags('availability')
@ApiBearerAuth()
@Roles('tutor')
@Controller('api/v1/scheduling/availability/settings')
export class SettingsController {
  constructor(private readonly settings: SettingsService) {}

  @ApiOperation({ summary: 'Shows how the caller teaches.' })
  @Get()
  @ApiOkResponse({ type: SettingsView })
  async show(@CurrentCaller() caller: Caller): Promise<SettingsView> {
    const { settings, zone } = await this.settings.find(caller.personId, caller.timezone);
    return SettingsView.of(settings, zone);
  }

  @ApiOperation({ summary: 'Changes how the caller teaches; slots that are taken keep their hour and price.' })
  @Put()
  @ApiOkResponse({ type: SettingsView })
  async change(@CurrentCaller() caller: Caller, @Body() asked: ChangeSettings): Promise<SettingsView> {
    return SettingsView.of(await this.settings.change(caller.personId, ChangeSettings.changes(asked)), asked.timezone);
  }
}
