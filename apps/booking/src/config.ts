import { Described, Text } from '@scheduling/contracts';
import { DatabaseConfig } from '@scheduling/service-kit';

export class BookingConfig extends DatabaseConfig {
  /** Where lessons take place until a calendar gives a link of its own; `{booking_id}` stands for the lesson. */
  @Text(1, 400)
  @Described({ example: 'https://meet.jit.si/lesson-{booking_id}' })
  readonly LESSON_LINK_TEMPLATE: string = 'https://meet.jit.si/lesson-{booking_id}';
}
