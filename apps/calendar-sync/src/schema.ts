import { ownSchema } from '@scheduling/persistence';
import { Connections1795600000000 } from './migrations/0001-connections.ts';
import { PeopleAndLessons1795600100000 } from './migrations/0002-people-and-lessons.ts';
import { MeetingsFeedsImports1795600200000 } from './migrations/0003-meetings-feeds-imports.ts';
import { Housekeeping1795830000030 } from './migrations/0004-housekeeping.ts';
import { HousekeepingIndexes1795830000031 } from './migrations/0005-housekeeping-indexes.ts';

/** The schema `calendar_sync`: each step that made it; its tables are read and written by SQL alone. */
export const calendarSyncSchema = (url: string) =>
  ownSchema(
    url,
    'calendar_sync',
    [],
    [
      Connections1795600000000,
      PeopleAndLessons1795600100000,
      MeetingsFeedsImports1795600200000,
      Housekeeping1795830000030,
      HousekeepingIndexes1795830000031,
    ],
  );
