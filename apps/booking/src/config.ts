import { Described, Maybe, Text } from '@scheduling/contracts';
import { DatabaseConfig } from '@scheduling/service-kit';
import { Matches } from 'class-validator';

export class BookingConfig extends DatabaseConfig {
  /** Where lessons take place until a calendar gives a link of its own; `{booking_id}` stands for the lesson. */
  @Text(1, 400)
  @Described({ example: 'https://meet.jit.si/lesson-{booking_id}' })
  readonly LESSON_LINK_TEMPLATE: string = 'https://meet.jit.si/lesson-{booking_id}';

  /** Where lists of slots are kept for all replicas; none means that each keeps its own in memory. */
  @Maybe()
  @Matches(/^rediss?:\/\//)
  readonly REDIS_URL?: string;
}
