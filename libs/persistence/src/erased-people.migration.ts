import { ForwardOnly } from './forward-only.ts';

/** Who was erased lately: their tokens may outlive them. Of a person no more than the id, as everywhere. */
export class ErasedPeople1795920000001 extends ForwardOnly {
  override readonly sql = /* sql */ `
    create table erased_people (
      person_id uuid        primary key,
      erased_at timestamptz not null
    );
    create index erased_people_by_age on erased_people (erased_at);
  `;
}
