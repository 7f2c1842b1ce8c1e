import { Body, Controller, Get, Put } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { type Caller, CurrentCaller, Owned } from '@scheduling/service-kit';
import { ChangeSettings, SettingsView } from './settings.dto.ts';
import { SettingsService } from './settings.service.ts';

@ApiTags('calendar')
@ApiBearerAuth()
@Owned('caller')
@Controller('api/v1/scheduling/calendar/settings')
export class MeetingSettingsController {
  constructor(private readonly settings: SettingsService) {}

  @ApiOperation({ summary: 'Gives what the caller chose for the lessons that they teach.' })
  @Get()
  @ApiOkResponse({ type: SettingsView })
  async show(@CurrentCaller() { personId }: Caller): Promise<SettingsView> {
    return SettingsView.of(await this.settings.find(personId));
  }

  @ApiOperation({ summary: 'Changes where lessons take place, and what becomes of one that is moved in a calendar.' })
  @Put()
  @ApiOkResponse({ type: SettingsView })
  async change(
    @CurrentCaller() { personId }: Caller,
    @Body() { on_moved: onMoved, video, link_template: linkTemplate }: ChangeSettings,
  ): Promise<SettingsView> {
    return SettingsView.of(await this.settings.change(personId, { onMoved, video, linkTemplate }));
  }
}
