import { Controller } from '@nestjs/common';
import type { SchedulingEvent } from '@scheduling/contracts';
import { type Envelope, OnEach } from '@scheduling/events';
import type { Tx } from '@scheduling/persistence';
import { HearingService } from './hearing.service.ts';
import { OFFERED } from './offered.ts';

@Controller()
export class WebhooksConsumer {
  constructor(private readonly hearing: HearingService) {}

  /** Plans to send an event to each endpoint that wants it, as it stands in the log. */
  @OnEach(OFFERED, 'notification.webhooks')
  hear(tx: Tx, _event: SchedulingEvent, envelope: Envelope): Promise<void> {
    return this.hearing.hear(tx, envelope);
  }
}
