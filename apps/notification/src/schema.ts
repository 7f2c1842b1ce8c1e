import { ownSchema } from '@scheduling/persistence';
import { RecipientsMessages1795348800000 } from './migrations/0001-recipients-messages.ts';
import { LessonConflicted1795435200000 } from './migrations/0002-lesson-conflicted.ts';
import { LifecycleNews1795520000000 } from './migrations/0003-lifecycle-news.ts';
import { CalendarsAndProposals1795630000000 } from './migrations/0004-calendars-and-proposals.ts';
import { Channels1795720000000 } from './migrations/0005-channels.ts';
import { Push1795720000001 } from './migrations/0006-push.ts';
import { Sms1795720000004 } from './migrations/0009-sms.ts';
import { Webhooks1795720000002 } from './migrations/0007-webhooks.ts';
import { Lessons1795720000005 } from './migrations/0010-lessons.ts';
import { Traces1795830000049 } from './migrations/0012-traces.ts';
import { Housekeeping1795830000050 } from './migrations/0013-housekeeping.ts';
import { HousekeepingIndexes1795830000051 } from './migrations/0014-housekeeping-indexes.ts';
import { Privacy1795740000050 } from './migrations/0011-privacy.ts';
import { PreferencesInbox1795720000003 } from './migrations/0008-preferences-inbox.ts';

/** The schema `notification`: each step that made it; its tables are read and written by SQL alone. */
export const notificationSchema = (url: string) =>
  ownSchema(
    url,
    'notification',
    [],
    [
      RecipientsMessages1795348800000,
      LessonConflicted1795435200000,
      LifecycleNews1795520000000,
      CalendarsAndProposals1795630000000,
      Channels1795720000000,
      Push1795720000001,
      Webhooks1795720000002,
      PreferencesInbox1795720000003,
      Sms1795720000004,
      Lessons1795720000005,
      Privacy1795740000050,
      Traces1795830000049,
      Housekeeping1795830000050,
      HousekeepingIndexes1795830000051,
    ],
  );
