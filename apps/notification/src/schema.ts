import { ownSchema } from '@scheduling/persistence';
import { RecipientsMessages1795348800000 } from './migrations/0001-recipients-messages.ts';
import { LessonConflicted1795435200000 } from './migrations/0002-lesson-conflicted.ts';
import { LifecycleNews1795520000000 } from './migrations/0003-lifecycle-news.ts';
import { CalendarsAndProposals1795630000000 } from './migrations/0004-calendars-and-proposals.ts';

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
    ],
  );
