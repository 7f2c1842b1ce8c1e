import { Controller, Delete, Get, Headers, HttpCode, HttpStatus, Param, Post, Res } from '@nestjs/common';
import {
  ApiBearerAuth,
  ApiCreatedResponse,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiProduces,
  ApiResponse,
  ApiTags,
} from '@nestjs/swagger';
import { type Caller, CurrentCaller, Owned, Public } from '@scheduling/service-kit';
import type { FastifyReply } from 'fastify';
import { FeedAddress, FeedView } from './feeds.dto.ts';
import { FeedUnknown } from './feeds.errors.ts';
import { FeedsService } from './feeds.service.ts';

/** 32 octets in base64url. */
const FILE = /^(?<secret>[\w-]{43})\.ics$/;
const CACHED_SECONDS = 300;

@ApiTags('calendar')
@Controller('api/v1/scheduling/calendar/feed')
export class FeedsController {
  constructor(private readonly feeds: FeedsService) {}

  @ApiOperation({ summary: "Tells whether the caller's lessons can be subscribed to, and when they last were read." })
  @Get()
  @Owned('caller')
  @ApiBearerAuth()
  @ApiOkResponse({ type: FeedView })
  async show(@CurrentCaller() { personId }: Caller): Promise<FeedView> {
    return FeedView.of(await this.feeds.find(personId));
  }

  @ApiOperation({ summary: 'Gives the caller a new address to subscribe to their lessons; an earlier one ends.' })
  @Post()
  @Owned('caller')
  @ApiBearerAuth()
  @ApiCreatedResponse({ type: FeedAddress })
  async open(@CurrentCaller() { personId }: Caller): Promise<FeedAddress> {
    return { url: await this.feeds.open(personId) };
  }

  @ApiOperation({ summary: "Ends the address of the caller's feed; a repeat changes nothing." })
  @Delete()
  @Owned('caller')
  @HttpCode(HttpStatus.NO_CONTENT)
  @ApiBearerAuth()
  @ApiNoContentResponse()
  async revoke(@CurrentCaller() { personId }: Caller): Promise<void> {
    await this.feeds.revoke(personId);
  }

  @ApiOperation({ summary: 'Gives the lessons of whoever has this address as a calendar to subscribe to.' })
  @Get(':file')
  @Public()
  @ApiProduces('text/calendar')
  @ApiOkResponse({ schema: { type: 'string' } })
  @ApiResponse({ status: 304, description: 'The calendar is the one that If-None-Match names.' })
  async read(
    @Param('file') file: string,
    @Headers('if-none-match') known: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string | undefined> {
    const secret = FILE.exec(file)?.groups?.['secret'];
    if (secret === undefined) throw new FeedUnknown();
    const { content, etag } = await this.feeds.read(secret);
    reply.header('etag', etag).header('cache-control', `private, max-age=${CACHED_SECONDS}`);
    if (isKnown(etag, known)) {
      reply.status(HttpStatus.NOT_MODIFIED);
      return undefined;
    }
    reply.type('text/calendar; charset=utf-8').header('content-disposition', 'inline; filename="lessons.ics"');
    return content;
  }
}

/** RFC 9110 §13.1.2: a list of ETags, which caches may have weakened, or any. */
const isKnown = (etag: string, known = ''): boolean =>
  known.split(',').some((one) => [etag, '*'].includes(one.trim().replace(/^W\//, '')));
