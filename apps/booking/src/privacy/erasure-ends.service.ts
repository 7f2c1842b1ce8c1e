import { Injectable } from '@nestjs/common';
import { CancelService } from '../bookings/cancel.service.ts';
import { HoldsService } from '../holds/holds.service.ts';
import { SeriesService } from '../series/series.service.ts';
import { SubscriptionsService } from '../subscriptions/subscriptions.service.ts';
import { WaitlistService } from '../waitlist/waitlist.service.ts';

/** All that can be ended for a person, as if they asked for it themselves. */
@Injectable()
export class ErasureEnds {
  constructor(
    readonly holds: HoldsService,
    readonly waitlist: WaitlistService,
    readonly series: SeriesService,
    readonly bookings: CancelService,
    readonly subscriptions: SubscriptionsService,
  ) {}
}
