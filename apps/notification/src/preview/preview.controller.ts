import { Controller, Get, Header, Query } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { Maybe, OneOf } from '@scheduling/contracts';
import { Public } from '@scheduling/service-kit';
import { NotificationConfig } from '../config.ts';
import { type Kind, KINDS } from '../messages/kinds.ts';
import { type Locale, LOCALES } from '../templates/format.ts';
import { PreviewOff } from './preview.errors.ts';
import { PreviewService, type View } from './preview.service.ts';

const HTML = 'text/html; charset=utf-8';
/** Nothing of a mail runs, or is loaded from elsewhere. */
const POLICY =
  "default-src 'none'; style-src 'unsafe-inline'; frame-src 'self'; frame-ancestors 'self'; base-uri 'none'";

class Preview {
  /** Which kind of message. */
  @Maybe() @OneOf(Object.keys(KINDS)) readonly kind: string = 'booking_confirmed';
  /** In which language. */
  @Maybe() @OneOf(LOCALES) readonly locale: Locale = 'en';
  /** Who reads it. */
  @Maybe() @OneOf(['student', 'tutor']) readonly reader: View['reader'] = 'student';
  /** With which names. */
  @Maybe() @OneOf(['plain', 'hostile']) readonly names: string = 'plain';
}

/** How every message looks: for whoever writes them, never in production. */
@ApiExcludeController()
@Public()
@Controller('dev/messages')
export class PreviewController {
  constructor(
    private readonly preview: PreviewService,
    private readonly config: NotificationConfig,
  ) {}

  @Get()
  @Header('content-type', HTML)
  @Header('content-security-policy', POLICY)
  page(@Query() asked: Preview): string {
    return this.preview.page(this.view(asked));
  }

  @Get('mail')
  @Header('content-type', HTML)
  @Header('content-security-policy', POLICY)
  mail(@Query() asked: Preview): string {
    return this.preview.mail(this.view(asked));
  }

  private view({ kind, locale, reader, names }: Preview): View {
    if (this.config.MESSAGE_PREVIEW !== 'on') throw new PreviewOff();
    return { kind: kind as Kind, locale, reader, isHostile: names === 'hostile' };
  }
}
