import { ApiProperty } from '@nestjs/swagger';
import { Count, ListOf } from '@scheduling/contracts';
import { type Meeting, MOST_MEETINGS } from './meetings.ts';

/** A meeting as people see it. */
export class MeetingView {
  @ApiProperty()
  readonly id!: number;

  @ApiProperty()
  readonly topic!: string;

  /** What whoever made it wrote down about it. */
  @ApiProperty()
  readonly agenda!: string;

  /** When it begins, in UTC. */
  @ApiProperty()
  readonly start_time!: string;

  /** In minutes. */
  @Count(1, 100_000)
  readonly duration!: number;

  /** Where people come in. */
  @ApiProperty()
  readonly join_url!: string;
}

/** The meetings that stand. */
export class MeetingsView {
  /** Oldest first. */
  @ListOf(() => MeetingView, MOST_MEETINGS)
  readonly items!: MeetingView[];

  static of(meetings: readonly Meeting[]): MeetingsView {
    const items = meetings.map(({ id, topic, agenda, start_time, duration, join_url }) => ({
      id,
      topic,
      agenda,
      start_time,
      duration,
      join_url,
    }));
    return { items };
  }
}
