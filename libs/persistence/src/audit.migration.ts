import { ForwardOnly } from './forward-only.ts';

/** Who did what, in every service's schema: entries, what of them is personal, and the chain that seals them. */
export class AuditTrail1795740000001 extends ForwardOnly {
  override readonly sql = /* sql */ `
    -- One row a deed, written in the transaction that did it. It is never changed, so it holds nothing that may have to go.
    create table audit_trail (
      id           bigint generated always as identity primary key,
      at           timestamptz not null,
      actor        uuid,
      acting_as    text        not null,
      action       text        not null,
      subject_kind text        not null,
      subject_id   text        not null,
      request_id   text,
      cause        text,
      commitment   bytea       not null
    );

    -- Whose personal parts go when their person is erased.
    create index audit_of_actor on audit_trail (actor, id) where actor is not null;

    -- From where, and why: personal, so they may be deleted. The entry's commitment is sha256 over these three, and what is left
    -- without its salt tells nothing. Without a foreign key: its check would cost each write more than it is worth.
    create table audit_private (
      entry_id bigint primary key,
      salt     bytea not null,
      address  text,
      why      text
    );

    -- The chain: each hash covers the one before it and one entry. Writers never wait for it; positions begin at 1 each day.
    create table audit_seals (
      day       date        not null,
      position  int         not null,
      entry_id  bigint      not null constraint sealed_once unique,
      sealed_at timestamptz not null,
      hash      bytea       not null,
      primary key (day, position)
    );

    create function audit_stands() returns trigger language plpgsql as $$
      begin
        raise exception '% is append-only', tg_table_name using errcode = 'restrict_violation';
      end $$;
    create trigger audit_trail_stands before update or delete or truncate on audit_trail
      for each statement execute function audit_stands();
    create trigger audit_seals_stand before update or delete or truncate on audit_seals
      for each statement execute function audit_stands();
    create trigger audit_private_stands before update on audit_private
      for each statement execute function audit_stands();
  `;
}
