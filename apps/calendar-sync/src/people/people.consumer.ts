import { Controller } from '@nestjs/common';
import { UserChanged } from '@scheduling/contracts';
import { On } from '@scheduling/events';
import type { Tx } from '@scheduling/persistence';
import { PeopleService } from './people.service.ts';

@Controller()
export class PeopleConsumer {
  constructor(private readonly people: PeopleService) {}

  /** Keeps what a person is called, for the calendars of those whom they meet. */
  @On(UserChanged, 'calendar-sync.people')
  keep(tx: Tx, changed: UserChanged): Promise<void> {
    return this.people.keep(tx, changed);
  }
}
