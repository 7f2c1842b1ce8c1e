import { ApiProperty } from '@nestjs/swagger';
import { Count, Instant, ListOf, Maybe } from '@scheduling/contracts';
import { Type } from 'class-transformer';
import { IsString, MaxLength } from 'class-validator';
import type { Mail } from './inbox.service.ts';
import { MOST_MAILS } from './most-mails.ts';

/** Which mails to show. */
export class InboxQuery {
  /** Only mails to this recipient. */
  @Maybe()
  @IsString()
  @MaxLength(320)
  readonly to?: string;

  /** Only so many of the newest. */
  @Maybe()
  @Type(() => Number)
  @Count(1, MOST_MAILS)
  readonly limit?: number;
}

/** Names one mail in a path. */
export class MailParams {
  /** The number of the mail. */
  @Type(() => Number)
  @Count(1, Number.MAX_SAFE_INTEGER)
  readonly n!: number;
}

/** One message as one recipient of its envelope got it. */
export class MailView {
  /** Counts up in order of arrival; the mail's page is `/sandbox/inbox/<n>`. */
  @Count(1, Number.MAX_SAFE_INTEGER)
  readonly n!: number;

  /** The recipient in the envelope, not in the header. */
  @ApiProperty()
  readonly to!: string;

  /** Decoded; empty when the message has none. */
  @ApiProperty()
  readonly subject!: string;

  /** With its angle brackets; a repeated message repeats it. */
  @ApiProperty()
  readonly message_id!: string;

  /** When it arrived. */
  @Instant()
  readonly received_at!: string;

  /** The message as it came, with CRLF. */
  @ApiProperty()
  readonly raw!: string;

  static of(mail: Mail): MailView {
    return {
      n: mail.n,
      to: mail.to,
      subject: mail.subject,
      message_id: mail.messageId,
      received_at: mail.receivedAt.toISOString(),
      raw: mail.raw.toString('utf8'),
    };
  }
}

/** The mails that the sandbox keeps. */
export class InboxView {
  /** Oldest first. */
  @ListOf(() => MailView, MOST_MAILS)
  readonly items!: MailView[];
}
