/** The ways on which a message may reach its reader. */
export const CHANNELS = ['email', 'sms', 'in_app', 'push'] as const;
export type Channel = (typeof CHANNELS)[number];

/** What is the same of all messages of one kind. */
export interface KindOfMessage {
  /** The ways on which it goes, unless its reader has turned one off. */
  readonly channels: readonly Channel[];
  /** Whether its reader may turn it off by e-mail too; else e-mail always tells of it. */
  readonly isOptional: boolean;
  /** Whether it may come hours later, after a quiet night or in a digest. */
  readonly canWait: boolean;
  /** Whether only those get it who have asked for it. */
  readonly isAskedFor: boolean;
}

const kind = (channels: readonly Channel[], more: Partial<KindOfMessage> = {}): KindOfMessage => ({
  channels,
  isOptional: true,
  canWait: true,
  isAskedFor: false,
  ...more,
});

/** What nobody should miss: money, and where one has to be when. */
const due = { isOptional: false, canWait: false } as const;
const urgent = { canWait: false } as const;

/** Every kind of message, and on which ways it goes. */
export const KINDS = {
  booking_pending_payment: kind(['email', 'in_app']),
  booking_confirmed: kind(['email', 'in_app', 'push'], due),
  booking_rescheduled: kind(['email', 'sms', 'in_app', 'push'], due),
  booking_canceled: kind(['email', 'sms', 'in_app', 'push'], due),
  booking_refunded: kind(['email', 'in_app'], { isOptional: false }),
  booking_completed: kind(['email', 'in_app']),
  booking_no_show: kind(['email', 'in_app'], { isOptional: false }),
  payment_failed: kind(['email', 'in_app', 'push'], due),
  hold_expiring: kind(['in_app'], urgent),
  waitlist_offered: kind(['email', 'sms', 'in_app', 'push'], urgent),
  proposal_made: kind(['email', 'in_app', 'push'], { isOptional: false }),
  proposal_answered: kind(['email', 'in_app', 'push']),
  lesson_link_ready: kind(['email', 'in_app'], due),
  lesson_tomorrow: kind(['email', 'sms', 'in_app'], urgent),
  lesson_soon: kind(['email', 'sms', 'in_app', 'push'], urgent),
  lesson_conflicted: kind(['email', 'in_app'], { isOptional: false }),
  series_booked: kind(['email', 'in_app']),
  series_dates_skipped: kind(['email', 'in_app'], { isOptional: false }),
  calendar_reconnect: kind(['email', 'in_app']),
  daily_agenda: kind(['email'], { canWait: false, isAskedFor: true }),
  digest: kind(['email'], urgent),
} as const satisfies Record<string, KindOfMessage>;

export type Kind = keyof typeof KINDS;

/** Whether a word names a kind of message. */
export const isKind = (word: string): word is Kind => Object.hasOwn(KINDS, word);
