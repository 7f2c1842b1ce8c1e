import { ForwardOnly } from '@scheduling/persistence';

export class LessonConflicted1795435200000 extends ForwardOnly {
  override readonly sql = /* sql */ `
    alter table messages drop constraint messages_kind_check;
    alter table messages add constraint messages_kind_check
      check (kind in ('booking_confirmed', 'booking_canceled', 'lesson_conflicted'));
  `;
}
