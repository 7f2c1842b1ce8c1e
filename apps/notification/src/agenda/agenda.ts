import type { PersonId } from '@scheduling/domain';

/** What a tutor's day holds, as it is known when it is said. */
export interface Agenda {
  /** Whose day it is. */
  readonly user_id: PersonId;
  /** The local day: `2026-12-01`. */
  readonly day: string;
  /** The first instant of the day. */
  readonly from_at: string;
  /** The first instant after it. */
  readonly until_at: string;
  /** In the order of their starts. */
  readonly lessons: readonly AgendaLesson[];
}

/** A lesson on somebody's agenda. */
export interface AgendaLesson {
  readonly start_at: string;
  readonly end_at: string;
  readonly join_link: string;
  /** The student's name, as they wrote it; empty while nobody knows it. */
  readonly student: string;
}
