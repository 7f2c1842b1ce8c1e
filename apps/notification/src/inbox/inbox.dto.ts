import { Count, Instant, ListOf, Maybe, Moment, Nullable, OneOf, OpenWord, Text, Uuid } from '@scheduling/contracts';
import type { BookingId } from '@scheduling/domain';
import { Type } from 'class-transformer';
import type { Inbox } from './inbox.service.ts';
import type { Note } from './inbox.store.ts';

export class ListNotifications {
  /** Whether only what is not read yet is wanted. */
  @Maybe() @OneOf(['true', 'false']) readonly unread: 'true' | 'false' = 'false';
  /** At most so many. */
  @Maybe() @Type(() => Number) @Count(1, 100) readonly limit: number = 50;
  /** Where the page before ended: its `next_cursor`. */
  @Maybe() @Uuid() readonly cursor?: string;
}

export class ReadAll {
  /** What came later stays unread; without it all that has come is read. */
  @Maybe() @Moment() readonly until?: string;
}

export class UnreadCount {
  /** How many are not read yet. */
  @Count(0, Number.MAX_SAFE_INTEGER) readonly unread_count!: number;
}

export class NotificationView {
  /** The notification's id. */
  @Uuid() readonly notification_id!: string;
  /** What it is about, such as `booking_confirmed`. */
  @OpenWord() readonly kind!: string;
  /** A few words, in plain text. */
  @Text(0, 1000) readonly title!: string;
  /** A sentence or two, in plain text. */
  @Text(0, 5000) readonly body!: string;
  /** Where to go from here; null for nowhere. */
  @Nullable() @Text(1, 2000) readonly link!: string | null;
  /** The booking that it is about; null where it is about none. */
  @Nullable() @Uuid() readonly booking_id!: BookingId | null;
  /** When it came. */
  @Instant() readonly created_at!: string;
  /** When it was read; null while it is not. */
  @Nullable() @Instant() readonly read_at!: string | null;

  /** Shows a note to whom it is for. */
  static of({ id, kind, title, body, link, bookingId, createdAt, readAt }: Note): NotificationView {
    return {
      notification_id: id,
      kind,
      title,
      body,
      link,
      booking_id: bookingId,
      created_at: createdAt.toISOString(),
      read_at: readAt?.toISOString() ?? null,
    };
  }
}

export class NotificationList {
  /** The newest first. */
  @ListOf(() => NotificationView, 100) readonly items!: NotificationView[];
  /** How many of all are not read yet. */
  @Count(0, Number.MAX_SAFE_INTEGER) readonly unread_count!: number;
  /** What to ask the next page with; null on the last one. */
  @Nullable() @Uuid() readonly next_cursor!: string | null;

  /** Shows a page of notes; one more than the limit tells that there is another page. */
  static of({ notes, unread }: Inbox, limit: number): NotificationList {
    const items = notes.slice(0, limit).map(NotificationView.of);
    return { items, unread_count: unread, next_cursor: notes.length > limit ? items.at(-1)!.notification_id : null };
  }
}
