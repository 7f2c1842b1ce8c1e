import { ApiProperty } from '@nestjs/swagger';
import { Count, ListOf, Maybe, Nullable, OneOf, Part, Text as Words } from '@scheduling/contracts';
import { Matches } from 'class-validator';
import { CallFaultsBody, RequestFaultsBody } from '../doubles/request-faults.dto.ts';
import { type Fate, FATES } from './faults.ts';
import { MOST_TEXTS, type Text } from './texts.ts';

const PHONE = /^\+[1-9]\d{6,14}$/;

/** Whose texts. */
export class TextsQuery {
  /** Those to this phone and from it; in a query the plus is written as `%2B`. */
  @Maybe()
  @Matches(PHONE)
  readonly phone?: string;
}

/** What a phone writes. */
export class ReplyBody {
  /** The phone, in E.164. */
  @Matches(PHONE)
  readonly from!: string;

  /** The number that it writes to, in E.164. */
  @Matches(PHONE)
  readonly to!: string;

  /** STOP and START are understood. */
  @Words(1, 1600)
  readonly body!: string;
}

/** What came of a phone's words. */
export class ReplyView {
  /** The status that whoever listens answered; 0 when nobody did. */
  @Count(0, 599)
  readonly webhook_status!: number;
}

/** A text as people see it. */
export class TextView {
  @ApiProperty()
  readonly sid!: string;

  @ApiProperty()
  readonly from!: string;

  @ApiProperty()
  readonly to!: string;

  @ApiProperty()
  readonly body!: string;

  /** How far it got: queued, sent, delivered, undelivered or failed; received for what a phone has sent. */
  @ApiProperty()
  readonly status!: string;

  /** Twilio's number for why it failed. */
  @Nullable()
  @Count(0, 99_999)
  readonly error_code!: number | null;

  /** As RFC 2822 writes it, in UTC. */
  @ApiProperty()
  readonly date_created!: string;
}

/** Texts to phones and from them. */
export class TextsView {
  /** Oldest first. */
  @ListOf(() => TextView, MOST_TEXTS)
  readonly items!: TextView[];

  static of(texts: readonly Text[]): TextsView {
    const items = texts.map(({ sid, from, to, body, status, error_code, date_created }) => ({
      sid,
      from,
      to,
      body,
      status,
      error_code,
      date_created,
    }));
    return { items };
  }
}

/** Everything that goes wrong from now on, in place of what was said before; what is left out goes well. */
export class TwilioFaultsBody extends RequestFaultsBody {
  /** What goes wrong with what is told of texts. */
  @Maybe()
  @Part(() => CallFaultsBody)
  readonly callbacks?: CallFaultsBody;

  /** How far texts get; `delivered`, if nothing is said. */
  @Maybe()
  @OneOf(FATES)
  readonly fate?: Fate;
}
