import { Described, Maybe, Nullable, OneOf, Text } from '@scheduling/contracts';
import type { Settings } from './settings.store.ts';

const ON_MOVED = ['restore', 'propose'] as const;
const VIDEO = ['google_meet', 'zoom', 'link'] as const;
const EXAMPLE = 'https://meet.jit.si/lesson-{booking_id}';

export class ChangeSettings {
  /** What becomes of a lesson of yours that one of you two moves or deletes in a calendar: it is put back, or proposed to the other side. */
  @Maybe() @OneOf(ON_MOVED) readonly on_moved?: Settings['onMoved'];
  /** Where the lessons that you teach take place, if they are confirmed from now on. */
  @Maybe() @OneOf(VIDEO) readonly video?: Settings['video'];
  /** With `link`: the https link, in which `{booking_id}` stands for the lesson; null for the platform's own. */
  @Maybe()
  @Nullable()
  @Text(1, 400)
  @Described({ example: EXAMPLE })
  readonly link_template?: string | null;
}

export class SettingsView {
  /** What becomes of a lesson that one of the two moves or deletes in a calendar. */
  @OneOf(ON_MOVED) readonly on_moved!: Settings['onMoved'];
  /** Where the lessons that this person teaches take place. */
  @OneOf(VIDEO) readonly video!: Settings['video'];
  /** The tutor's own link; null without one. */
  @Nullable() @Text(1, 400) @Described({ example: EXAMPLE }) readonly link_template!: string | null;

  /** Shows a person what they chose. */
  static of({ onMoved, video, linkTemplate }: Settings): SettingsView {
    return { on_moved: onMoved, video, link_template: linkTemplate };
  }
}
