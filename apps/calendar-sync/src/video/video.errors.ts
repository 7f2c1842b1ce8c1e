import { SchedulingError } from '@scheduling/domain';

export class VideoNotConfigured extends SchedulingError {
  readonly kind = 'conflict';
  readonly code = 'video_not_configured';

  constructor(video: string) {
    super('Lessons cannot take place there: it is not set up here.', { video });
  }
}

/** What is wrong with a template, in one word that never changes. */
export type TemplateProblem =
  | 'not_a_link'
  | 'not_https'
  | 'with_password'
  | 'unknown_mark'
  | 'mark_in_host'
  | 'too_long'
  | 'only_with_link';

export class LinkTemplateNotUsable extends SchedulingError {
  readonly kind = 'invalid';
  readonly code = 'link_template_not_usable';

  constructor(problem: TemplateProblem) {
    super('The link of lessons must be an https link, in which {booking_id} may stand for the lesson.', {
      field: 'link_template',
      problem,
    });
  }
}
