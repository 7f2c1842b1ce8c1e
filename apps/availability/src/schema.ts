import { ownSchema } from '@scheduling/persistence';
import { RulesAndTakenTime1795349000000 } from './migrations/0001-rules-and-taken-time.ts';
import { FullSettingsOverrides1795390000000 } from './migrations/0002-full-settings-overrides.ts';
import { BusyTimeAndHolds1795446000000 } from './migrations/0003-busy-time-and-holds.ts';
import { UnreachableCalendars1795620000000 } from './migrations/0004-unreachable-calendars.ts';
import { Versions1795740000035 } from './migrations/0006-versions.ts';
import { Housekeeping1795830000035 } from './migrations/0007-housekeeping.ts';
import { HousekeepingIndexes1795830000036 } from './migrations/0008-housekeeping-indexes.ts';

/** The schema `availability`: each step that made it. */
export const availabilitySchema = (url: string) =>
  ownSchema(
    url,
    'availability',
    [],
    [
      RulesAndTakenTime1795349000000,
      FullSettingsOverrides1795390000000,
      BusyTimeAndHolds1795446000000,
      UnreachableCalendars1795620000000,
      Versions1795740000035,
      Housekeeping1795830000035,
      HousekeepingIndexes1795830000036,
    ],
  );
