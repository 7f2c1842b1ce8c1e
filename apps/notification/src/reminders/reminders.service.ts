import { Injectable } from '@nestjs/common';
import type { SlotHeld, SlotReleased } from '@scheduling/contracts';
import type { Tx } from '@scheduling/persistence';
import { findLessons } from '../lessons/lessons.store.ts';
import { LessonsService } from '../lessons/lessons.service.ts';
import type { Kind } from '../messages/kinds.ts';
import type { News } from '../messages/message.ts';
import { MessagesService } from '../messages/messages.service.ts';
import { hintAt, overtaken, PAYMENT_PATIENCE, remindersOf } from './reminders.policy.ts';
import { revokeKinds } from './reminders.store.ts';

/** News that carry the whole state of a booking. */
export type LessonNews = Extract<
  News,
  {
    readonly kind:
      | 'booking_pending_payment'
      | 'booking_confirmed'
      | 'booking_rescheduled'
      | 'booking_canceled'
      | 'booking_refunded'
      | 'booking_completed'
      | 'booking_no_show'
      | 'payment_failed'
      | 'lesson_link_ready';
  }
>;

/** What news of a booking make idle that was still to be said of it, besides what they overtake by their version. */
const IDLE: Partial<Record<Kind, readonly Kind[]>> = {
  booking_confirmed: ['booking_pending_payment'],
  payment_failed: ['booking_pending_payment'],
  booking_no_show: ['booking_completed'],
};

/** Plans what is said of lessons later: it lies in the ledger until it is due, and is taken back when the lesson changes. */
@Injectable()
export class RemindersService {
  constructor(
    private readonly lessons: LessonsService,
    private readonly messages: MessagesService,
  ) {}

  /** Keeps what is new of a lesson, plans to say it, and has what is said of it later follow. */
  async tell(tx: Tx, news: LessonNews): Promise<void> {
    // First: it has whoever hears of the same lesson wait.
    const lesson = await this.lessons.heard(tx, news.event);
    await revokeKinds(tx, news.event.booking_id, ['hold_expiring', ...(IDLE[news.kind] ?? [])]);
    if (news.kind !== 'booking_pending_payment') await this.messages.plan(tx, news);
    // Lessons of a series are paid for by themselves, later; the series is told of as a whole.
    else if (!news.event.series_id) {
      const dueAt = new Date(tx.now.getTime() + PAYMENT_PATIENCE);
      await this.messages.plan(tx, news, dueAt, overtaken(news, lesson, tx.now)?.reason);
    }
    if (news.kind === 'booking_confirmed' || news.kind === 'booking_rescheduled') await this.remind(tx, news.event);
  }

  /** Plans to hint at the end of a hold that a student has taken by themselves. */
  async held(tx: Tx, event: SlotHeld): Promise<void> {
    const dueAt = hintAt(new Date(event.expires_at), tx.now);
    if (!dueAt || (event.kind ?? 'student') !== 'student') return;
    const booked = await findLessons(tx, [event.hold_id]);
    if (booked.size === 0) await this.messages.plan(tx, { kind: 'hold_expiring', event }, dueAt);
  }

  /** Takes back the hint at the end of a hold that has ended. */
  async released(tx: Tx, { hold_id: hold }: SlotReleased): Promise<void> {
    await revokeKinds(tx, hold, ['hold_expiring']);
  }

  private async remind(
    tx: Tx,
    event: Extract<LessonNews, { readonly kind: 'booking_confirmed' }>['event'],
  ): Promise<void> {
    if (event.status !== 'confirmed') return;
    for (const { kind, dueAt, unfit } of remindersOf(new Date(event.start_at), tx.now)) {
      await this.messages.plan(tx, { kind, event }, dueAt, unfit);
    }
  }
}
