import type { ExportRequested, SchedulingEvent } from '@scheduling/contracts';
import { announce } from '@scheduling/events';
import type { Tx } from '@scheduling/persistence';
import { sealedPieces } from './sealed.ts';

/** A piece of an answer, whichever service states it. */
export interface ExportPiece {
  readonly user_id: ExportRequested['user_id'];
  readonly export_id: string;
  readonly part: number;
  readonly parts: number;
  readonly sealed: string;
}

/** Answers a person's request for a copy with what a service keeps of them, sealed, in as many events as it takes. */
export async function answerExport(
  tx: Tx,
  { user_id, export_id, public_key }: ExportRequested,
  content: object,
  state: (piece: ExportPiece) => SchedulingEvent,
): Promise<void> {
  const pieces = await sealedPieces(content, public_key);
  const parts = pieces.length;
  announce(tx, ...pieces.map((piece, n) => state({ user_id, export_id, part: n + 1, parts, sealed: piece })));
}
