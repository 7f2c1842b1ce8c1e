import { Described, Instant, ListOf, Maybe, Nullable, Text, Uuid } from '@scheduling/contracts';
import type { Import } from './imports.store.ts';

export class AddImport {
  /** Where the calendar's file is: an address that begins with https:// or webcal://; it is kept as a secret. */
  @Text(1, 2000)
  @Described({ example: 'webcal://p01-caldav.icloud.com/published/2/MTIz' })
  readonly url!: string;
  /** What to call it; without it the address's host. */
  @Maybe() @Text(1, 100) readonly name?: string;
}

export class ImportView {
  /** The import's id. */
  @Uuid() readonly import_id!: string;
  /** What it is called. */
  @Text(1, 300) readonly name!: string;
  /** The host of its address; the rest is never shown. */
  @Text(1, 300) readonly host!: string;
  /** Since when it is read. */
  @Instant() readonly created_at!: string;
  /** When it was last read as a whole; null before the first time. */
  @Nullable() @Instant() readonly last_read_at!: string | null;
  /** Why it cannot be read just now, such as `http_404` or `not_a_calendar`; then what was last read stands. */
  @Nullable() @Text(1, 60) readonly last_error!: string | null;
  /** When that was found. */
  @Nullable() @Instant() readonly last_error_at!: string | null;

  /** Shows an import to its owner. */
  static of({ id, name, host, createdAt, readAt, lastError, lastErrorAt }: Import): ImportView {
    return {
      import_id: id,
      name,
      host,
      created_at: createdAt.toISOString(),
      last_read_at: readAt?.toISOString() ?? null,
      last_error: lastError,
      last_error_at: lastErrorAt?.toISOString() ?? null,
    };
  }
}

export class ImportList {
  /** The oldest first. */
  @ListOf(() => ImportView, 5) readonly items!: ImportView[];
  /** Always null: nobody has so many. */
  @Nullable() @Text(1, 200) readonly next_cursor!: null;

  /** Shows a person's imports. */
  static of(imports: readonly Import[]): ImportList {
    return { items: imports.map(ImportView.of), next_cursor: null };
  }
}
