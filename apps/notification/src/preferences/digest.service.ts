import { Injectable } from '@nestjs/common';
import type { Tx } from '@scheduling/persistence';
import type { Delivery } from '../deliveries/way.ts';
import type { Message } from '../messages/message.ts';
import { MessagesService } from '../messages/messages.service.ts';
import type { Recipient } from '../recipients/recipients.store.ts';
import type { Fresh } from '../reminders/freshness.service.ts';
import { lockOpenDigest, markTold, openDigest, putInto, wasGathered } from './digest.store.ts';
import type { MorningDigest } from './digest.ts';
import { dayOf, digestAfter } from './preferences.policy.ts';

/** Gathers what can wait into one mail a morning. What a digest tells keeps rows of its own, which can be taken back until it goes. */
@Injectable()
export class DigestService {
  constructor(private readonly messages: MessagesService) {}

  /** Puts a message that was taken into the digest of an instant; false where an earlier one has not brought it, so that it goes by itself. */
  async gather(tx: Tx, { message, parties: { reader }, letter }: Delivery, at: Date): Promise<boolean> {
    if (await wasGathered(tx, message)) return false;
    const { headline, brief, action } = letter;
    // A digest that is on its way by now takes nothing in any more: then it is the next one.
    for (let next = at; ; next = digestAfter(reader, next)) {
      const digestId = await this.plan(tx, reader, next);
      if (digestId === undefined) continue;
      await putInto(tx, digestId, message, { headline, brief, link: action?.link ?? null, at: next });
      return true;
    }
  }

  /** Puts into each digest among messages that were taken what there is to tell now; one that has nothing left is over. */
  async fill(tx: Tx, taken: readonly Fresh[]): Promise<Fresh[]> {
    const filled: Fresh[] = [];
    for (const { message, over } of taken) filled.push(over ? { message, over } : await this.open(tx, message));
    return filled;
  }

  /** Notes of a digest that was sent that all that it told is said; of other messages nothing. */
  async told(tx: Tx, sent: Message): Promise<void> {
    if (sent.news.kind !== 'digest') return;
    await markTold(tx, sent);
  }

  private async open(tx: Tx, message: Message): Promise<Fresh> {
    const { news } = message;
    if (news.kind !== 'digest') return { message, over: null };
    const items = await openDigest(tx, message.id);
    if (items.length === 0) return { message, over: { state: 'skipped', reason: 'nothing is left to tell' } };
    return { message: { ...message, news: { ...news, event: { ...news.event, items } } }, over: null };
  }

  private async plan(tx: Tx, reader: Recipient, at: Date): Promise<string | undefined> {
    const event: MorningDigest = { user_id: reader.id, day: dayOf(at, reader), items: [] };
    await this.messages.plan(tx, { kind: 'digest', event }, at);
    return lockOpenDigest(tx, reader.id, Number(event.day.replaceAll('-', '')));
  }
}
