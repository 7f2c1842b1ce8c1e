import { Controller } from '@nestjs/common';
import {
  AvailabilityExportPart,
  BookingExportPart,
  CalendarExportPart,
  metaOf,
  NotificationExportPart,
} from '@scheduling/contracts';
import { type Envelope, OnEach } from '@scheduling/events';
import type { Tx } from '@scheduling/persistence';
import { ExportsService } from './exports.service.ts';

const PARTS = [AvailabilityExportPart, BookingExportPart, CalendarExportPart, NotificationExportPart];
const SERVICES = new Map<string, string>(PARTS.map((part) => [metaOf(part).type, metaOf(part).type.split('.')[1]!]));

@Controller()
export class ExportPartsConsumer {
  constructor(private readonly exports: ExportsService) {}

  /** Keeps what a service answered. */
  @OnEach(PARTS, 'accounts.export-parts')
  async keep(tx: Tx, { export_id: id, part, parts, sealed }: BookingExportPart, { type }: Envelope): Promise<void> {
    await this.exports.keep(tx, id, { service: SERVICES.get(type)!, part, parts, sealed });
  }
}
