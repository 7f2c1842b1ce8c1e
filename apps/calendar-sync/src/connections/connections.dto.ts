import {
  Count,
  Flag,
  Instant,
  ListOf,
  Maybe,
  Nullable,
  OneOf,
  OpenWord,
  Part,
  Text,
  Uuid,
} from '@scheduling/contracts';
import { ApiProperty } from '@nestjs/swagger';
import { IsString, MaxLength } from 'class-validator';
import type { Asked } from './consents.service.ts';
import type { StatusReport } from './status.service.ts';

/** Where to agree. */
export class ConsentView {
  /** What a browser opens; it is the caller's alone and good once. */
  @ApiProperty({ format: 'uri' }) readonly url!: string;
  /** Until when. */
  @Instant() readonly expires_at!: string;

  static of({ url, expiresAt }: Asked): ConsentView {
    return { url, expires_at: expiresAt.toISOString() };
  }
}

/** What Google gave a browser. */
export class ConnectCalendar {
  /** The authorization code. */
  @Text(1, 1000) readonly code!: string;
  /** The state that came with it; without one the caller's newest consent is meant. */
  @Maybe() @Text(1, 200) readonly state?: string;
}

/** What a browser brings back from Google. */
export class CallbackQuery {
  /** The authorization code. */
  @Maybe() @Text(1, 1000) readonly code?: string;
  /** The state that was asked with. */
  @Maybe() @Text(1, 200) readonly state?: string;
  /** Why there is no code, such as `access_denied`. */
  @Maybe() @Text(1, 200) readonly error?: string;
  /** The scopes that were agreed to; the tokens say it, too. */
  @Maybe() @IsString() @MaxLength(2000) readonly scope?: string;
  /** Which of a browser's accounts it was. */
  @Maybe() @IsString() @MaxLength(200) readonly authuser?: string;
  /** What the person was asked. */
  @Maybe() @IsString() @MaxLength(200) readonly prompt?: string;
  /** The organization of the account. */
  @Maybe() @IsString() @MaxLength(300) readonly hd?: string;
  /** Who issued it (RFC 9207). */
  @Maybe() @IsString() @MaxLength(300) readonly iss?: string;
}

/** What went wrong last. */
export class LastErrorView {
  /** Google's word for it or ours, such as `rateLimitExceeded`. */
  @OpenWord() readonly code!: string;
  /** When. */
  @Instant() readonly at!: string;
}

/** A lesson that a calendar showed otherwise than it is, and that was put right. */
export class RepairView {
  /** The booking. */
  @Uuid() readonly booking_id!: string;
  /** `missing`, `moved`, `left_over` or `doubled`. */
  @OpenWord() readonly kind!: string;
  /** When it was found. */
  @Instant() readonly found_at!: string;
}

/** How the caller's calendar connection is doing. */
export class StatusView {
  /** `reconnect_required`: only the caller can mend it, by connecting again. */
  @OneOf(['connected', 'reconnect_required', 'disconnected']) readonly state!: string;
  /** The account's main calendar, an address; null until it has been read. */
  @Nullable() @ApiProperty({ type: String }) readonly connected_as!: string | null;
  /** Since when. */
  @Nullable() @Instant() readonly connected_at!: string | null;
  /** When the calendar that was read longest ago was read. */
  @Nullable() @Instant() readonly last_sync_at!: string | null;
  /** How long ago that is, in seconds. */
  @Nullable() @Count(0, Number.MAX_SAFE_INTEGER) readonly lag_seconds!: number | null;
  /** Whether Google tells of changes at once. */
  @Flag() readonly push!: boolean;
  /** When that is arranged anew. */
  @Nullable() @Instant() readonly next_channel_renewal_at!: string | null;
  /** What went wrong last, if anything. */
  @Nullable() @Part(() => LastErrorView) readonly last_error!: LastErrorView | null;
  /** How many lessons are still to be written, moved or taken out. */
  @Count(0, Number.MAX_SAFE_INTEGER) readonly pending_writes!: number;
  /** How many differences have been repaired since the account was connected first. */
  @Count(0, Number.MAX_SAFE_INTEGER) readonly repaired_count!: number;
  /** The newest of them. */
  @ListOf(() => RepairView, 20) readonly repairs!: RepairView[];

  static of({ status, repairs }: StatusReport): StatusView {
    const instant = (at: Date | null | undefined): string | null => at?.toISOString() ?? null;
    const [code, at] = [status?.lastError ?? null, instant(status?.lastErrorAt)];
    return {
      state: status?.state ?? 'disconnected',
      connected_as: status?.connectedAs ?? null,
      connected_at: instant(status?.connectedAt),
      last_sync_at: instant(status?.lastSyncAt),
      lag_seconds: status?.lagSeconds ?? null,
      push: Boolean(status?.nextRenewalAt),
      next_channel_renewal_at: instant(status?.nextRenewalAt),
      last_error: code && at ? { code, at } : null,
      pending_writes: status?.pendingWrites ?? 0,
      repaired_count: status?.repairedCount ?? 0,
      repairs: repairs.map(({ bookingId, kind, foundAt }) => ({
        booking_id: bookingId,
        kind,
        found_at: foundAt.toISOString(),
      })),
    };
  }
}
