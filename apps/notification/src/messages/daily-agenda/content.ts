import type { Agenda } from '../../agenda/agenda.ts';
import type { Content, Reading } from '../../templates/content.ts';
import { nameOf } from '../wording.ts';

/** Tells a tutor which lessons the day holds. */
export const dailyAgenda = (event: Agenda, { format, say }: Reading): Content => ({
  values: { many: event.lessons.length, first: event.lessons[0] ? format.time(event.lessons[0].start_at) : '' },
  facts: [],
  list: event.lessons.map((lesson) =>
    say('line', {
      start: format.time(lesson.start_at),
      length: format.length(lesson),
      student: nameOf(lesson.student),
    }),
  ),
});
