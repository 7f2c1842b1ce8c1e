import type { PersonId } from '@scheduling/domain';

/** A list as it goes over the wire, and until when it is right: ms since 1970 by the database's clock. */
export interface KeptAnswer {
  readonly body: string;
  readonly etag: string;
  readonly until: number;
}

/** What is kept of a tutor's list, and under which generation a newer answer may be kept; null if none may. */
export interface Look {
  readonly answer: KeptAnswer | null;
  readonly generation: string | null;
}

/**
 * Keeps answers about tutors until something happens to them. What happens begins a new generation: an answer that was read
 * before, and is kept only after, belongs to the old one and is never given.
 */
export abstract class SlotCache {
  /** What is kept of a tutor for a query. */
  abstract look(tutorId: PersonId, query: string): Promise<Look>;

  /** Keeps an answer, unless its generation has passed. */
  abstract keep(tutorId: PersonId, query: string, generation: string, answer: KeptAnswer): Promise<void>;

  /** Forgets all about a tutor; this process gives nothing of it from the call on. */
  abstract drop(tutorId: PersonId): Promise<void>;

  /** Gives its connections back. */
  async close(): Promise<void> {}
}
