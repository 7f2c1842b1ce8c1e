import { ForwardOnly } from '@scheduling/persistence';

export class Privacy1795740000050 extends ForwardOnly {
  override readonly sql = /* sql */ `
    -- Who is gone: the row stays, so that nothing said of them before can bring them back.
    alter table recipients add column erased_at timestamptz;
    create index lessons_of_students on lessons (student_id);
    create index lessons_of_tutors on lessons (tutor_id);
  `;
}
