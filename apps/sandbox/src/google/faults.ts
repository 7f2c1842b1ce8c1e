import { RequestFaults, type RequestFaultSettings } from '../doubles/request-faults.ts';

/** What goes wrong with pushes; each share is between 0 and 1. */
export interface PushFaults {
  /** The share that is sent twice. */
  readonly duplicate?: number;
  /** The share that is held back until others have overtaken it. */
  readonly reorder?: number;
  /** The share that is never sent. */
  readonly lose?: number;
  /** How long each is held back, in milliseconds. */
  readonly delay_ms?: number;
}

/** How a room comes: with the answer, once all goes well again, or never. */
export const MEETS = ['success', 'pending', 'fail'] as const;
export type MeetFate = (typeof MEETS)[number];

/** Everything that goes wrong; what is left out goes well. */
export interface GoogleFaultSettings extends RequestFaultSettings {
  readonly pushes?: PushFaults;
  /** Every refresh says that the grant is over, though it is not. */
  readonly invalid_grant?: boolean;
  /** The sync tokens that were given until now are over. */
  readonly expire_sync_tokens?: boolean;
  readonly meet?: MeetFate;
  /** How far Google's clock is ahead of ours, in seconds. */
  readonly clock_skew_s?: number;
  /** Whether more than 600 requests a minute of one person, or 10,000 of all, are refused. */
  readonly enforce_quota?: boolean;
  /** Why free/busy times cannot be told of any calendar, such as `internalError`. */
  readonly free_busy_error?: string;
}

/** Decides what goes wrong at Google, by a seed. */
export class GoogleFaults extends RequestFaults<GoogleFaultSettings> {
  /** Sync tokens of an age before this one are over. */
  syncAge = 0;

  override set(settings: GoogleFaultSettings): void {
    super.set(settings);
    if (settings.expire_sync_tokens) this.syncAge += 1;
  }

  get pushes(): PushFaults {
    return this.settings.pushes ?? {};
  }

  get meetFate(): MeetFate {
    return this.settings.meet ?? 'success';
  }

  get skewMs(): number {
    return (this.settings.clock_skew_s ?? 0) * 1000;
  }

  get enforcesQuota(): boolean {
    return this.settings.enforce_quota ?? false;
  }

  get deniesGrants(): boolean {
    return this.settings.invalid_grant ?? false;
  }

  get freeBusyError(): string | undefined {
    return this.settings.free_busy_error;
  }
}
