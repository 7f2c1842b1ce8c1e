import { Described, Maybe } from '@scheduling/contracts';
import { DatabaseConfig } from '@scheduling/service-kit';
import { Matches } from 'class-validator';
import { MAILBOX } from './mailbox.ts';

export class NotificationConfig extends DatabaseConfig {
  /** The mail server, as `smtps://user:password@host:465` or `smtp://host:587`; with neither this nor RESEND_API_KEY no mail is sent. */
  @Maybe()
  @Matches(/^smtps?:\/\/\S+$/)
  @Described({ example: 'smtps://user:password@mail.example.org:465' })
  readonly SMTP_URL?: string;

  /** A key of Resend, whose mail server is then used; SMTP_URL goes before it. */
  @Maybe()
  @Matches(/^[\x21-\x7e]+$/)
  readonly RESEND_API_KEY?: string;

  /** Whom mail comes from, and who calls people to lessons; its domain ends each Message-ID. */
  @Matches(MAILBOX, { message: '$property must be a mailbox such as Lessons <lessons@example.org>' })
  readonly MAIL_FROM: string = 'Lessons <lessons@localhost.localdomain>';
}
