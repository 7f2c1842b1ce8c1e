import { Instant, OneOf, SomeOf, Uuid } from '@scheduling/contracts';
import type { Standing } from './exports.service.ts';

const SERVICES = ['availability', 'booking', 'calendar-sync', 'notification'] as const;
const STATUSES = ['collecting', 'ready', 'partial'] as const;

export class ExportView {
  /** The request. */
  @Uuid() readonly export_id!: string;
  /** `collecting` until every service has answered; `partial` where one has not in a day. */
  @OneOf(STATUSES) readonly status!: (typeof STATUSES)[number];
  /** The services that have not answered. */
  @SomeOf(SERVICES) readonly missing!: string[];
  /** When it was asked for. */
  @Instant() readonly requested_at!: string;
  /** When the copy is gone. */
  @Instant() readonly expires_at!: string;

  /** Shows how far a copy is. */
  static of({ asked, progress }: Standing): ExportView {
    return {
      export_id: asked.id,
      status: progress.status,
      missing: [...progress.missing],
      requested_at: asked.requestedAt.toISOString(),
      expires_at: asked.expiresAt.toISOString(),
    };
  }
}
