import { Body, Controller, Get, Header, Headers, Put, Res } from '@nestjs/common';
import { ApiBearerAuth, ApiHeader, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Malformed } from '@scheduling/contracts';
import { type Caller, CurrentCaller, Owned } from '@scheduling/service-kit';
import type { FastifyReply } from 'fastify';
import { ChangePreferences, PreferencesView } from './preferences.dto.ts';
import { PreferencesService, type Told } from './preferences.service.ts';

const ETAG = /^"(?<version>\d{1,15})"$/;

@ApiTags('notifications')
@ApiBearerAuth()
@Owned('caller')
@Controller('api/v1/scheduling/notifications/preferences')
export class PreferencesController {
  constructor(private readonly preferences: PreferencesService) {}

  @ApiOperation({ summary: 'Tells of what, on which ways and when the caller is notified.' })
  @Get()
  @Header('cache-control', 'private, no-cache')
  @ApiOkResponse({ type: PreferencesView })
  async show(
    @CurrentCaller() { personId }: Caller,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<PreferencesView> {
    return shown(await this.preferences.find(personId), reply);
  }

  @ApiOperation({ summary: 'Changes of what, on which ways and when the caller is notified: what is given, no more.' })
  @Put()
  @ApiHeader({ name: 'if-match', required: false, description: 'The ETag that was read: then nothing newer is lost.' })
  @ApiOkResponse({ type: PreferencesView })
  async change(
    @CurrentCaller() { personId }: Caller,
    @Body() { kinds, quiet_hours: quietHours, digest, sms }: ChangePreferences,
    @Headers('if-match') expected: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<PreferencesView> {
    const change = { kinds, quietHours, digest, isOptedIn: sms?.is_opted_in };
    return shown(await this.preferences.change(personId, change, versionOf(expected)), reply);
  }
}

function shown(told: Told, reply: FastifyReply): PreferencesView {
  reply.header('etag', `"${told.preferences.version}"`);
  return PreferencesView.of(told);
}

function versionOf(expected: string | undefined): number | null {
  if (expected === undefined || expected.trim() === '*') return null;
  const version = ETAG.exec(expected.trim())?.groups?.['version'];
  if (version === undefined) throw Malformed.field('if-match', 'if-match must be an ETag that was given here');
  return Number(version);
}
