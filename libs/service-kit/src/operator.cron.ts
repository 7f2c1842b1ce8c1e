import { Injectable, Logger } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import { loggable } from '@scheduling/domain';
import { EventLog, OperatorRequests } from '@scheduling/events';
import { actAsSystem, Database } from '@scheduling/persistence';

const LOOK_MS = 2000;

/** Does what operators have asked for with `npm run events`, a few seconds later. */
@Injectable()
export class OperatorCron {
  private readonly logger = new Logger(OperatorCron.name);
  private readonly requests: OperatorRequests;
  private isAtIt = false;

  constructor(db: Database, log: EventLog) {
    this.requests = new OperatorRequests(db, log);
  }

  @Interval('operator.requests', LOOK_MS)
  async carryOut(): Promise<void> {
    if (this.isAtIt) return;
    this.isAtIt = true;
    try {
      while (await actAsSystem('an operator', () => this.requests.carryOut()));
    } catch (error) {
      this.logger.warn({ message: 'What operators ask for cannot be read.', error: loggable(error) });
    } finally {
      this.isAtIt = false;
    }
  }
}
