import { Injectable } from '@nestjs/common';
import type { Tx } from '@scheduling/persistence';
import { lessonsOfDay } from '../agenda/agenda.store.ts';
import { findLessons } from '../lessons/lessons.store.ts';
import { aboutOf, type Message, type News } from '../messages/message.ts';
import { type Overtaken, overtaken, withNewestLink } from './reminders.policy.ts';

/** A message as it is to be said now, or why it is not any more. */
export interface Fresh {
  readonly message: Message;
  readonly over: Overtaken | null;
}

/** What was planned long ago is said as things are now. */
@Injectable()
export class FreshnessService {
  /** These messages, each with what is known now. */
  async freshen(tx: Tx, messages: readonly Message[]): Promise<Fresh[]> {
    const lessons = await findLessons(
      tx,
      messages.map(({ news }) => aboutOf(news).bookingId),
    );
    const fresh: Fresh[] = [];
    for (const message of messages) {
      const lesson = lessons.get(aboutOf(message.news).bookingId);
      const news = await this.withDay(tx, withNewestLink(message.news, lesson));
      const over = overtaken(news, lesson, tx.now);
      fresh.push({ message: { ...message, news }, over });
    }
    return fresh;
  }

  private async withDay(tx: Tx, news: News): Promise<News> {
    if (news.kind !== 'daily_agenda') return news;
    return { ...news, event: { ...news.event, lessons: await lessonsOfDay(tx, news.event) } };
  }
}
