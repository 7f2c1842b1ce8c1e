import { Injectable } from '@nestjs/common';
import type { PersonId } from '@scheduling/domain';
import { Database } from '@scheduling/persistence';
import { NotificationNotFound } from './inbox.errors.ts';
import { countUnread, type Note, notesOf, readNote, readNotes, type Wanted } from './inbox.store.ts';

/** Some of somebody's notes, and how many of all are not read. */
export interface Inbox {
  readonly notes: readonly Note[];
  readonly unread: number;
}

@Injectable()
export class InboxService {
  constructor(private readonly db: Database) {}

  /** A person's notes, the newest first. */
  list(userId: PersonId, wanted: Wanted): Promise<Inbox> {
    return this.db.transaction(async (tx) => ({
      notes: await notesOf(tx, userId, wanted),
      unread: await countUnread(tx, userId),
    }));
  }

  /** How many of a person's notes are not read yet. */
  count(userId: PersonId): Promise<number> {
    return this.db.transaction((tx) => countUnread(tx, userId));
  }

  /** Notes that a person has read one; a repeat changes nothing. */
  read(userId: PersonId, id: string): Promise<Note> {
    return this.db.transaction(async (tx) => {
      const note = await readNote(tx, userId, id);
      if (!note) throw new NotificationNotFound(id);
      return note;
    });
  }

  /** Notes that a person has read all that had come by an instant, or by now, and answers how many are left. */
  readAll(userId: PersonId, until: Date | null): Promise<number> {
    return this.db.transaction(async (tx) => {
      await readNotes(tx, userId, until ?? tx.now);
      return countUnread(tx, userId);
    });
  }
}
