import type { PersonId } from '@scheduling/domain';
import type { Tx } from '@scheduling/persistence';

/** What a person chose for the lessons that they teach. */
export interface Settings {
  /** What becomes of a lesson that one of its two people moved or deleted in a calendar. */
  readonly onMoved: 'restore' | 'propose';
  /** Where they take place. */
  readonly video: 'google_meet' | 'zoom' | 'link';
  /** Null unless `video` is `link`, and where that means the platform's own. */
  readonly linkTemplate: string | null;
}

const DEFAULTS: Settings = { onMoved: 'restore', video: 'google_meet', linkTemplate: null };

/** A person's settings, as they chose or as they are by default. */
export async function findSettings(tx: Tx, id: PersonId): Promise<Settings> {
  const [row] = await tx.sql<Settings>`
    select on_moved as "onMoved", video, link_template as "linkTemplate" from calendar_settings where user_id = ${id}`;
  return row ?? DEFAULTS;
}

/** Keeps all of a person's settings. */
export async function keepSettings(tx: Tx, id: PersonId, { onMoved, video, linkTemplate }: Settings): Promise<void> {
  await tx.sql`
    insert into calendar_settings (user_id, on_moved, video, link_template)
    values (${id}, ${onMoved}, ${video}, ${linkTemplate})
    on conflict (user_id) do update
      set on_moved = excluded.on_moved, video = excluded.video, link_template = excluded.link_template`;
}
