import { Injectable } from '@nestjs/common';
import { type PersonId, SchedulingError } from '@scheduling/domain';
import { UID_DOMAIN } from '@scheduling/invitations';
import { Database, lockPeople } from '@scheduling/persistence';
import { type Range, windowAt } from '../busy/busy.policy.ts';
import { BusyService } from '../busy/busy.service.ts';
import { replaceBusy } from '../busy/busy.store.ts';
import { KeyRing } from '../connections/key-ring.ts';
import { importAddressOf } from '../connections/secrets.ts';
import { findPeople } from '../people/people.store.ts';
import { busyInFile } from './busy-in-file.policy.ts';
import { CalendarFetch, type Sent } from './calendar-fetch.ts';
import { readCalendarFile } from './calendar-file.ts';
import { type DueImport, finishImport, lessonEventIds, postponeImport, takeImports } from './imports.store.ts';
import { FileFailure } from './reading.errors.ts';
import { afterFailure, afterReading, needsMore } from './rhythm.policy.ts';

/** More than getting and reading a file can take. */
const LEASE_SECONDS = 60;
/** So far ahead files are worked out. */
const DAYS_AHEAD = 400;

/** Reads calendar files from the addresses that people gave. */
@Injectable()
export class FileReadings {
  constructor(
    private readonly db: Database,
    private readonly fetch: CalendarFetch,
    private readonly keys: KeyRing,
    private readonly busy: BusyService,
  ) {}

  /** Takes at most so many files that are due, for this worker alone. */
  take(limit: number): Promise<DueImport[]> {
    return this.db.transaction((tx) => takeImports(tx, limit, LEASE_SECONDS));
  }

  /** Gets one file, outside any transaction, and states what it says; what could not be read leaves what was known. */
  async attend(due: DueImport): Promise<void> {
    try {
      const { window, timezone, isOurs } = await this.readerOf(due.userId);
      const isMoreWanted = needsMore(due.windowEnd, window.endAt);
      const seen = isMoreWanted ? { etag: null, lastModified: null } : due;
      const sent = await this.fetch.get(this.keys.open(due.address, importAddressOf(due.userId)), seen);
      if (sent === null) return await this.unchanged(due);
      const busy = busyInFile(readCalendarFile(sent.text), { window, timezone, isOurs });
      await this.keep(due, sent, busy, window.endAt);
    } catch (error) {
      const code = codeOf(error);
      if (code === null) throw error;
      await this.db.transaction((tx) =>
        postponeImport(tx, due, { code, nextAt: afterFailure(tx.now, due.attempts, Math.random()) }),
      );
    }
  }

  private readerOf(userId: PersonId) {
    return this.db.transaction(async (tx) => {
      const person = (await findPeople(tx, [userId])).get(userId);
      const written = await lessonEventIds(tx, userId);
      return {
        window: windowAt(tx.now, DAYS_AHEAD),
        timezone: person?.timezone ?? 'UTC',
        // By invitation or feed a lesson has our own UID; written into a calendar by us, that calendar's.
        isOurs: (uid: string) => uid.endsWith(`@${UID_DOMAIN}`) || written.has(uid.split('@')[0]!),
      };
    });
  }

  private async unchanged(due: DueImport): Promise<void> {
    await this.db.transaction((tx) => finishImport(tx, due, { ...due, nextAt: afterReading(tx.now, Math.random()) }));
  }

  private keep(due: DueImport, sent: Sent, busy: readonly Range[], windowEnd: Date): Promise<void> {
    return this.db.transaction(async (tx) => {
      await lockPeople(tx, [due.userId]);
      const { etag, lastModified } = sent;
      const nextAt = afterReading(tx.now, Math.random());
      if (!(await finishImport(tx, due, { etag, lastModified, windowEnd, nextAt }))) return;
      // Only when, never what: all times of a file are one event.
      await replaceBusy(
        tx,
        due,
        busy.map((range) => ({ ...range, id: 'busy' })),
      );
      await this.busy.restate(tx, due.userId);
    });
  }
}

/** Why a file could not be read or understood; null for a bug. */
function codeOf(error: unknown): string | null {
  if (error instanceof FileFailure) return error.problem;
  // What libs/time refuses is a rule or a time of the file's.
  return error instanceof SchedulingError && error.kind === 'invalid' ? 'rule_not_understood' : null;
}
