import { Injectable, Logger } from '@nestjs/common';
import { loggable } from '@scheduling/domain';
import { SpanKind } from '@opentelemetry/api';
import { asStep, continueTrace, Database, TryAgain, type Tx } from '@scheduling/persistence';
import { isBrokenCircuitError } from 'cockatiel';
import { NotificationConfig } from '../config.ts';
import { type Mailbox, mailboxOf } from '../mailbox.ts';
import { announceOutcome } from '../ledger/outcomes.ts';
import { KINDS } from '../messages/kinds.ts';
import { letterOf } from '../messages/letter.ts';
import { type Message, peopleOf } from '../messages/message.ts';
import {
  endMessage,
  filedBefore,
  markHanding,
  markSent,
  postpone,
  strikeSent,
  takeMessages,
} from '../messages/queue.store.ts';
import { DigestService } from '../preferences/digest.service.ts';
import { permission } from '../preferences/preferences.policy.ts';
import { findPreferences } from '../preferences/preferences.store.ts';
import type { Preferences } from '../preferences/preferences.ts';
import { FreshnessService } from '../reminders/freshness.service.ts';
import { findRecipients, type Recipient } from '../recipients/recipients.store.ts';
import { NOBODY, type Prospect, REST, type Step, stepAfter, stepBefore, UNSAYABLE } from './deliveries.policy.ts';
import { DeliveryFigures } from './delivery-figures.ts';
import { DeliveryFailure } from './delivery-failure.ts';
import type { Pace } from './pace.ts';
import type { Delivery, Handed, Way } from './way.ts';

/** More than the longest that a message can be on its way. */
const LEASE_SECONDS = 40;
/** How often it looks for something to send before it lets others have their turn. */
const MOST_LOOKS = 50;
/** How many are taken at once where none of them leaves this database. */
const WIDE = 200;

@Injectable()
export class DeliveriesService {
  private readonly logger = new Logger(DeliveriesService.name);
  private readonly from: Mailbox;
  private readonly silences = new Set<string>();

  constructor(
    private readonly db: Database,
    { MAIL_FROM }: NotificationConfig,
    private readonly freshness: FreshnessService,
    private readonly digests: DigestService,
    private readonly figures: DeliveryFigures,
  ) {
    this.from = mailboxOf(MAIL_FROM);
  }

  /** Takes at most so many due messages of a way for this worker alone; what is not to be sent now is put aside on the way. */
  async take(way: Way, limit: number): Promise<Delivery[]> {
    if (!way.isOn) this.say(way.silence);
    // Whoever rests after each few that are not to be sent never comes to the others.
    for (let look = 0; look < MOST_LOOKS; look++) {
      const ready = way.isInside
        ? await this.takeInside(way, limit)
        : await this.takeOnce(way, way.isOn ? limit : WIDE);
      if (ready === null) return [];
      if (ready.length > 0) return ready;
    }
    return [];
  }

  /** Takes many and delivers them in the same transaction; where that fails, each is on its own, so that one cannot hold up the others. */
  private async takeInside(way: Way, limit: number): Promise<Delivery[] | null> {
    try {
      return await this.takeOnce(way, WIDE, async (tx, ready) => {
        for (const delivery of ready) await this.keep(tx, delivery.message, await way.hand(delivery));
        tx.afterCommit(() => this.figures.tried(way.channel, 'delivered', ready.length));
        return [];
      });
    } catch (error) {
      if (error instanceof TryAgain) throw error;
      this.logger.error({ message: 'Messages could not be delivered together.', error: loggable(error) });
      return this.takeOnce(way, limit);
    }
  }

  /** Null where nothing is due; what is not to be sent now is put aside in the transaction that takes it. */
  private takeOnce(way: Way, limit: number, end: EndOfTake = (_, ready) => ready): Promise<Delivery[] | null> {
    return this.db.transaction(async (tx) => {
      const messages = await takeMessages(tx, { channel: way.channel, limit, leaseSeconds: LEASE_SECONDS });
      if (messages.length === 0) return null;
      const known = await findRecipients(
        tx,
        messages.flatMap(({ news }) => peopleOf(news)),
      );
      const readers = messages.map(({ recipientId }) => recipientId);
      const wishes = await findPreferences(tx, readers);
      const filed = way.channel === 'email' ? await filedBefore(tx, messages) : new Set();
      const ready: Delivery[] = [];
      for (const { message, over } of await this.digests.fill(tx, await this.freshness.freshen(tx, messages))) {
        const reader = known.get(message.recipientId);
        const preferences = wishes.get(message.recipientId)!;
        const prospect = prospectOf(way, message, { reader, preferences, now: tx.now });
        const ended: Step | null = over ? { do: 'end', ending: over } : reader?.isErased ? NOBODY : null;
        const step = ended ?? stepBefore(message, prospect, tx.now);
        const byFile = !reader?.isCalendarConnected || filed.has(message.id);
        if (reader && (step.do === 'send' || step.do === 'gather')) {
          const delivery = this.written(message, { reader, known, byFile });
          if (!delivery) await this.follow(tx, message, UNSAYABLE);
          else if (step.do === 'send' || !(await this.digests.gather(tx, delivery, step.at))) ready.push(delivery);
        } else await this.follow(tx, message, step);
      }
      return end(tx, ready);
    });
  }

  /** Hands over a message that was taken, outside any transaction, and writes down what became of it. */
  deliver(way: Way, pace: Pace, delivery: Delivery): Promise<void> {
    const { news, traceparent } = delivery.message;
    const step = {
      name: `deliver ${news.kind} by ${way.channel}`,
      attributes: { 'messaging.message.id': delivery.message.id },
    };
    return continueTrace('notification', traceparent, step, () => this.deliverOne(way, pace, delivery));
  }

  private async deliverOne(way: Way, pace: Pace, delivery: Delivery): Promise<void> {
    const { message } = delivery;
    let handed: Handed;
    try {
      handed = await asStep({ name: `hand over`, kind: SpanKind.CLIENT }, () =>
        pace.hand(() => this.hand(way, delivery)),
      );
    } catch (error) {
      if (isBrokenCircuitError(error)) return this.db.transaction((tx) => this.follow(tx, message, REST));
      const failure = failureOf(error);
      // Without its text, which may tell the address.
      this.logger.warn({ message: message.id, channel: way.channel, attempt: message.attempts, code: failure.code });
      this.figures.tried(way.channel, 'retried');
      const step = stepAfter(failure, message, Math.random());
      return this.db.transaction((tx) => this.follow(tx, message, step));
    }
    this.figures.tried(way.channel, handed.isDelivered ? 'delivered' : 'sent');
    try {
      await this.mark(message, handed);
    } finally {
      handed.end?.();
    }
  }

  /**
   * Nothing else follows from most messages: one statement marks them, and as soon as it has left, the next may go. Where it did
   * not come through, a transaction tries again.
   */
  private async mark(message: Message, handed: Handed): Promise<void> {
    if (handed.record || handed.isDelivered || message.news.kind === 'digest')
      return this.db.transaction((tx) => this.keep(tx, message, handed));
    try {
      await strikeSent(this.db.stroke(handed.end), message, handed);
    } catch (error) {
      if (!(error instanceof TryAgain)) throw error;
      await this.db.transaction((tx) => this.keep(tx, message, handed));
    }
  }

  private async hand(way: Way, delivery: Delivery): Promise<Handed> {
    if (!way.find) return way.hand(delivery);
    const { message } = delivery;
    const found = message.handingAt ? await way.find(delivery) : null;
    if (found) return found;
    const isOurs = await this.db.transaction((tx) => markHanding(tx, message));
    // Another worker has it by now, and what is written down of this try changes nothing.
    if (!isOurs) throw new DeliveryFailure('later', 'lease_lost', 'another worker has taken over');
    return way.hand(delivery);
  }

  private async keep(tx: Tx, message: Message, handed: Handed): Promise<void> {
    if (!(await markSent(tx, message, handed))) return;
    if (handed.isDelivered) announceOutcome(tx, message, 'delivered');
    await handed.record?.(tx);
    await this.digests.told(tx, message);
  }

  private async follow(tx: Tx, message: Message, step: Step): Promise<void> {
    if (step.do === 'end' && (await endMessage(tx, message, step.ending))) {
      const { state } = step.ending;
      this.figures.ended(message.channel, state);
      if (state === 'failed' || state === 'dead') announceOutcome(tx, message, state);
    }
    if (step.do === 'wait') await postpone(tx, message, step.delay);
  }

  /** Null where it cannot be put into words: a fault of ours, which must not keep others from going out. */
  private written(message: Message, readers: Readers): Delivery | null {
    try {
      return this.deliveryOf(message, readers);
    } catch (error) {
      this.logger.error({ message: message.id, kind: message.news.kind, error: loggable(error) });
      return null;
    }
  }

  private deliveryOf(message: Message, { reader, known, byFile }: Readers): Delivery {
    const other = peopleOf(message.news).find((id) => id !== reader.id);
    const parties = { reader, other: (other && known.get(other)?.name) ?? '', from: this.from, byFile };
    return { message, parties, letter: letterOf(message.news, parties, message.createdAt) };
  }

  private say(silence: string): void {
    if (this.silences.has(silence)) return;
    this.silences.add(silence);
    this.logger.warn(`What would go on this way is written to the ledger as skipped: ${silence}`);
  }
}

/** What is done with messages in the transaction that takes them; answers those that are left. */
type EndOfTake = (tx: Tx, ready: Delivery[]) => Delivery[] | Promise<Delivery[]>;

/** Who reads a message, and who else is known. */
interface Readers {
  readonly reader: Recipient;
  readonly known: ReadonlyMap<string, Recipient>;
  readonly byFile: boolean;
}

/** What is known of the way that a message is to go to this reader. */
function prospectOf(way: Way, { news, channel }: Message, { reader, preferences, now }: Wishes): Prospect {
  const { kind } = news;
  return {
    isOn: way.isOn,
    silence: way.silence,
    reach: reader ? way.reach(reader) : null,
    permission: reader
      ? permission({ kind, traits: KINDS[kind], channel, news, preferences, reader, now })
      : { do: 'send' },
  };
}

/** Who reads, while they are known, and what they wish. */
interface Wishes {
  readonly reader: Recipient | undefined;
  readonly preferences: Preferences;
  readonly now: Date;
}

const failureOf = (error: unknown): DeliveryFailure =>
  error instanceof DeliveryFailure ? error : new DeliveryFailure('later', 'unexpected', String(error).slice(0, 500));
