import { Maybe, OneOf, Text, Uuid } from '@scheduling/contracts';
import { Matches } from 'class-validator';

const SID = /^(SM|MM)[0-9a-fA-F]{32}$/;
const PHONE = /^\+?[0-9]{3,15}$/;

/** How a text gets on, as Twilio posts it, with the message that its address names. */
export class StatusForm {
  /** The message in the ledger. */
  @Uuid()
  readonly message!: string;

  @Matches(SID)
  readonly MessageSid!: string;

  /** Twilio's word for it, of which there may be new ones. */
  @Text(1, 40)
  readonly MessageStatus!: string;

  /** Where the text went. */
  @Matches(PHONE)
  readonly To!: string;

  /** Why it failed. */
  @Maybe()
  @Matches(/^\d{0,6}$/)
  readonly ErrorCode?: string;
}

/** What a phone has written, as Twilio posts it. */
export class InboundForm {
  @Matches(SID)
  readonly MessageSid!: string;

  /** Who writes. */
  @Matches(PHONE)
  readonly From!: string;

  /** Any text at all, of any length. */
  @Matches(/^/u)
  readonly Body!: string;

  /** What Twilio takes it for, where the account has Advanced Opt-Out. */
  @Maybe()
  @OneOf(['STOP', 'START', 'HELP'])
  readonly OptOutType?: 'STOP' | 'START' | 'HELP';
}
