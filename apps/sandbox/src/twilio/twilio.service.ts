import { Injectable, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { Clock } from '@scheduling/domain';
import { SandboxConfig } from '../config.ts';
import type { TwilioFaultSettings } from './faults.ts';
import type { Said, Text } from './texts.ts';
import { TwilioDouble } from './twilio-double.ts';

/** A phone and what passed between it and one number, the newest first. */
export interface Phone {
  readonly phone: string;
  /** Whose texts it gets. */
  readonly number: string;
  readonly hasStopped: boolean;
  readonly texts: readonly Text[];
}

/** The double of Twilio as part of the sandbox: it begins and ends with it, and phones answer on its page. */
@Injectable()
export class TwilioService implements OnModuleInit, OnModuleDestroy {
  private started?: TwilioDouble;

  constructor(
    private readonly config: SandboxConfig,
    private readonly clock: Clock,
  ) {}

  /** The double, once the application has begun. */
  get double(): TwilioDouble {
    if (!this.started) throw new Error('The double of Twilio has not begun.');
    return this.started;
  }

  async onModuleInit(): Promise<void> {
    const { TWILIO_PORT: port, DOUBLES_HOST: host, TWILIO_INBOUND_URL: inboundUrl } = this.config;
    this.started = await TwilioDouble.listen({ port, host, clock: this.clock, ...(inboundUrl && { inboundUrl }) });
  }

  async onModuleDestroy(): Promise<void> {
    await this.started?.close();
  }

  /** Texts, the oldest first; with a phone, those to it and from it. */
  list(phone?: string): Text[] {
    const all = this.double.texts();
    return phone === undefined ? all : all.filter(({ to, from }) => to === phone || from === phone);
  }

  /** The phones that have got a text or sent one, whoever did last first. */
  phones(): Phone[] {
    const phones = new Map<string, Text[]>();
    for (const text of this.double.texts().toReversed()) {
      const pair = text.direction === 'inbound' ? `${text.from} ${text.to}` : `${text.to} ${text.from}`;
      phones.set(pair, [...(phones.get(pair) ?? []), text]);
    }
    return [...phones].map(([pair, texts]) => {
      const [phone = '', number = ''] = pair.split(' ');
      return { phone, number, hasStopped: this.double.hasStopped(phone, number), texts };
    });
  }

  /** A phone writes; answers what whoever listens answered. */
  reply(said: Said): Promise<number> {
    return this.double.reply(said);
  }

  /** Lets things go wrong as told from now on. */
  setFaults(settings: TwilioFaultSettings): void {
    this.double.setFaults(settings);
  }
}
