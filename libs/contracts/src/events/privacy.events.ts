import type { PersonId } from '@scheduling/domain';
import { Count, Text, Uuid } from '../fields.ts';
import { EventType, SchedulingEvent } from './event.ts';

const person = 'b1f7a3c2-52a5-4c8b-9b0e-0f6d6f4f8a01' as PersonId;
const request = 'c4d0f6a9-1f3e-4c55-8b27-3d1f0a9e7b12';

/** A person is gone: whoever keeps something of theirs lets it go, and keeps only what books need, under their id. The last of a person. */
@EventType<UserErased>({
  type: 'scheduling.accounts.UserErased.v1',
  key: (event) => event.user_id,
  examples: [{ user_id: person, version: 4 }],
})
export class UserErased extends SchedulingEvent {
  /** Who it was. */
  @Uuid() readonly user_id!: PersonId;
  /** Greater than that of any change of this person. */
  @Count(1, Number.MAX_SAFE_INTEGER) readonly version!: number;
}

/** A person wants a copy of what is kept of them: each service answers with its part, sealed for this request alone. */
@EventType<ExportRequested>({
  type: 'scheduling.accounts.ExportRequested.v1',
  // Not the person: the topic is compacted, and a request must not take the place of their state.
  key: (event) => event.export_id,
  examples: [{ user_id: person, export_id: request, public_key: '{"kty":"EC","crv":"P-256","x":"…","y":"…"}' }],
})
export class ExportRequested extends SchedulingEvent {
  /** Whose copy it is. */
  @Uuid() readonly user_id!: PersonId;
  /** The request. */
  @Uuid() readonly export_id!: string;
  /** The key to seal parts with: a public JWK (RFC 7517), as JSON. */
  @Text(2, 2000) readonly public_key!: string;
}

/** What a service keeps of a person, as a JWE (RFC 7516) that only whoever asked can open. */
abstract class ExportPart extends SchedulingEvent {
  /** Whose copy it is. */
  @Uuid() readonly user_id!: PersonId;
  /** The request. */
  @Uuid() readonly export_id!: string;
  /** Counted from 1. */
  @Count(1, 1000) readonly part!: number;
  /** How many there are of this service. */
  @Count(1, 1000) readonly parts!: number;
  /** A piece of the JWE's compact form; all pieces in their order are the whole. */
  @Text(0, 400_000) readonly sealed!: string;
}

const part = { user_id: person, export_id: request, part: 1, parts: 1, sealed: 'eyJhbGciOiJFQ0RILUVTIiwi…' };
const options = (service: string) => ({
  type: `scheduling.${service}.ExportPart.v1` as const,
  key: (event: ExportPart) => event.user_id,
  examples: [part],
});

/** Availability's part of a copy. */
@EventType<AvailabilityExportPart>(options('availability'))
export class AvailabilityExportPart extends ExportPart {}

/** Booking's part of a copy. */
@EventType<BookingExportPart>(options('booking'))
export class BookingExportPart extends ExportPart {}

/** Calendar-sync's part of a copy. */
@EventType<CalendarExportPart>(options('calendar-sync'))
export class CalendarExportPart extends ExportPart {}

/** Notification's part of a copy. */
@EventType<NotificationExportPart>(options('notification'))
export class NotificationExportPart extends ExportPart {}
