import { ForwardOnly } from '@scheduling/persistence';

export class LifecycleNews1795520000000 extends ForwardOnly {
  override readonly sql = /* sql */ `
    alter table messages drop constraint messages_kind_check;
    alter table messages add constraint messages_kind_check
      check (kind in ('booking_confirmed', 'booking_canceled', 'booking_rescheduled', 'booking_refunded',
                      'payment_failed', 'lesson_conflicted', 'waitlist_offered'));
    comment on column messages.booking_version is
      'The booking''s; 0 for an offer, whose hold has the id that its booking will have.';
  `;
}
