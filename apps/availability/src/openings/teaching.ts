import type { PersonId } from '@scheduling/domain';
import type { AvailabilityBlock } from '../blocks/blocks.store.ts';
import type { BusyWindow } from '../busy/busy.store.ts';
import type { Calendars } from '../busy/connections.store.ts';
import type { DateOverride } from '../overrides/overrides.store.ts';
import type { Settings } from '../settings/settings.store.ts';
import type { TimeOff } from '../time-off/time-off.store.ts';

/** All that decides when a tutor would teach, read together. */
export interface Teaching {
  readonly tutorId: PersonId;
  readonly settings: Settings;
  /** The oldest first. */
  readonly blocks: readonly AvailabilityBlock[];
  readonly overrides: readonly DateOverride[];
  readonly timeOff: readonly TimeOff[];
  /** What the tutor's calendars say is taken. */
  readonly busy: readonly BusyWindow[];
  /** Whether those calendars can be read. */
  readonly calendars: Calendars;
}
